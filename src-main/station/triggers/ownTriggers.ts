import type { TrackedPart } from '../../domain/lineSignals.ts'
import type { ClockPort } from '../../ports/clock.ts'

/** Triggers that the station itself makes, counted from 1: at the press of a button, or one every so often. */
export class OwnTriggers {
  readonly #clock: ClockPort
  #count = 0

  constructor(clock: ClockPort) {
    this.#clock = clock
  }

  next(): TrackedPart {
    return { partId: null, triggerNumber: ++this.#count, edgeMs: this.#clock.monotonicMs(), encoderCount: null, isChallenge: false }
  }

  /** Every `everyMs` from now on, while `isWanted`; ticks that were slept through are not made up for. */
  async tick(everyMs: number, isWanted: () => boolean, announce: (part: TrackedPart) => void, signal: AbortSignal): Promise<void> {
    for (let dueMs = this.#clock.monotonicMs() + everyMs; !signal.aborted; dueMs = Math.max(dueMs + everyMs, this.#clock.monotonicMs())) {
      await this.#clock.sleep(dueMs - this.#clock.monotonicMs(), signal)
      if (!signal.aborted && isWanted()) announce(this.next())
    }
  }
}

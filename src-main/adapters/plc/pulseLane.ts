import { fault, type Fault } from '../../domain/fault.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { OutputLine } from '../../domain/recipe.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CheckedCoils, CoilStep } from './checkedCoils.ts'

/**
 * A pulse that would start later than this is not given: by then it may hit the next part. A busy computer is late by some tens of
 * milliseconds; a pulse that had to wait for a request without answer is later than this.
 */
export const maxLateMs = 250

/** Node's timers count whole milliseconds; what is left below this would cost a whole one more. */
const nearEnoughMs = 0.5

export type PulseResult = Pick<OutputReceipt, 'onMs' | 'offMs' | 'readBack' | 'fault'>

export interface PulseLane {
  /** See `PlcPort.drive`. The width counts from when the coil went on, so a late start never shortens a pulse. */
  drive(line: OutputLine, startMs: number): Promise<PulseResult>
  /** Ends every pulse that is on, and leaves those that wait for their time. */
  cut(reason: Fault): void
  /** Cancels the pulses that wait for their time, and resolves when those that are on have been written off. */
  cancel(reason: Fault): Promise<void>
}

interface Pulse {
  untilMs: number
  readonly stop: Stop
  readonly result: Promise<PulseResult>
}

/** Ends a wait early and remembers why. */
interface Stop {
  reason: Fault | null
  readonly abort: AbortController
}

/** `lost` tells why there is no connection, or null when there is one. */
export function pulseLane(coils: CheckedCoils, clock: ClockPort, lost: () => Fault | null): PulseLane {
  const waiting = new Set<Stop>()
  const pulses = new Map<number, Pulse>()

  async function sleepUntil(dueMs: () => number, { abort: { signal } }: Stop): Promise<void> {
    for (let leftMs = dueMs() - clock.monotonicMs(); leftMs > nearEnoughMs && !signal.aborted; leftMs = dueMs() - clock.monotonicMs())
      await clock.sleep(leftMs, signal)
  }

  function begin(line: OutputLine, startMs: number): Pulse {
    const stop = newStop()
    const run = async (): Promise<PulseResult> => {
      const on = await coils.set(line.coil, true, () => stop.reason ?? tooLate(clock.monotonicMs() - startMs))
      if (on.atMs !== null) {
        pulse.untilMs = Math.max(pulse.untilMs, on.atMs + line.pulseMs)
        await sleepUntil(() => pulse.untilMs, stop)
      }
      // From here on a new pulse of this coil is one of its own: the write below is already under way.
      pulses.delete(line.coil)
      const off = await coils.set(line.coil, false)
      return { onMs: on.atMs, offMs: off.atMs, readBack: worse(on, off), fault: on.fault ?? stop.reason ?? off.fault }
    }
    const pulse: Pulse = { untilMs: startMs + line.pulseMs, stop, result: Promise.resolve().then(run) }
    pulses.set(line.coil, pulse)
    return pulse
  }

  async function giveOrJoin(line: OutputLine, startMs: number): Promise<PulseResult> {
    const stop = newStop()
    waiting.add(stop)
    if (!lost()) await sleepUntil(() => startMs, stop)
    waiting.delete(stop)
    const reason = stop.reason ?? lost()
    if (reason) return { onMs: null, offMs: null, readBack: 'unknown', fault: reason }
    const running = pulses.get(line.coil)
    if (!running) return begin(line, startMs).result
    running.untilMs = Math.max(running.untilMs, startMs + line.pulseMs)
    return running.result
  }

  const cut = (reason: Fault): void => { for (const { stop } of pulses.values()) end(stop, reason) }

  return {
    drive: giveOrJoin,
    cut,
    async cancel(reason) {
      for (const stop of waiting) end(stop, reason)
      const ending = [...pulses.values()].map((pulse) => pulse.result)
      cut(reason)
      await Promise.all(ending)
    },
  }
}

const newStop = (): Stop => ({ reason: null, abort: new AbortController() })

function end(stop: Stop, reason: Fault): void {
  stop.reason ??= reason
  stop.abort.abort()
}

const tooLate = (lateMs: number): Fault | null =>
  lateMs <= maxLateMs ? null : fault('plc/timeout', 'the pulse could not start in time and was not given', { measured: lateMs, limit: maxLateMs })

function worse(on: CoilStep, off: CoilStep): CoilStep['readBack'] {
  const both = [on.readBack, off.readBack]
  return both.includes('disagrees') ? 'disagrees' : both.includes('unknown') ? 'unknown' : 'agrees'
}

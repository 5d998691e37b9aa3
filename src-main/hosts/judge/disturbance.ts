import type { ClockPort } from '../../ports/clock.ts'
import type { Witness } from './witness.ts'

/** The station may take an edge a little before or after the belt's own. */
const edgeMarginMs = 50

/** A link that is lost was silent for a request's whole time before anybody noticed. */
export const lossNoticedMs = 500

/** From when something is wrong until the station has shown that it is right again; the witness keeps the stretches. */
export interface DisturbanceWatch {
  /** Something is wrong, and has been for so long. */
  disturb(sinceMs?: number): void
  /** Nothing is being done to the line any more, and the station says that it is ready. */
  settle(): void
  /** The station has closed the record of a part; decided at this monotonic time. */
  closed(decidedMs: number): void
  /** The run is over. */
  end(): void
}

export function watchDisturbance(witness: Pick<Witness, 'disturb'>, clock: ClockPort): DisturbanceWatch {
  let stretch: { readonly fromMs: number; settledMs: number } | null = null
  return {
    disturb(sinceMs = edgeMarginMs) {
      stretch = { fromMs: stretch?.fromMs ?? clock.monotonicMs() - sinceMs, settledMs: Infinity }
    },
    settle() {
      if (stretch?.settledMs === Infinity) stretch.settledMs = clock.monotonicMs()
    },
    closed(decidedMs) {
      if (!stretch || decidedMs < stretch.settledMs + edgeMarginMs) return
      witness.disturb(stretch.fromMs, decidedMs)
      stretch = null
    },
    end() {
      if (stretch) witness.disturb(stretch.fromMs, clock.monotonicMs())
    },
  }
}

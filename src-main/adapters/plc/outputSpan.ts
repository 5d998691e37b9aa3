import type { TrackedPart } from '../../domain/lineSignals.ts'
import type { OutputLine } from '../../domain/recipe.ts'
import type { BeltEncoder } from './beltEncoder.ts'
import { timedSpan, type PulseSpan } from './pulseLane.ts'

/** A belt that stops while the ejector acts must not hold it out for ever. */
export const longestPulseMs = 10_000

/** Where the belt will be is asked anew so often: about as often as its counter is read. */
const reviseMs = 5

/** Whether the part reaches this output's place at a time that does not depend on when it was decided. */
export const countsFromTrigger = (line: OutputLine): boolean => line.counts !== undefined || line.delayFrom === 'trigger'

/**
 * When this output acts on this part: so many counts or milliseconds after its trigger, or so many milliseconds after the decision at
 * `askedMs`. Fired for no part the times count. A part of which the encoder has seen nothing is too late for any pulse.
 */
export function outputSpan(line: OutputLine, part: TrackedPart | null, askedMs: number, encoder: BeltEncoder | undefined): PulseSpan {
  const { coil, counts, delayMs } = line
  if (!part || !counts || !encoder) return timedSpan(line, (part && countsFromTrigger(line) ? part.edgeMs : askedMs) + delayMs)
  const count = part.encoderCount ?? encoder.countAt(part.edgeMs)
  let onCount: number | null = null
  return {
    coil,
    reviseMs,
    dueMs: () => (count === null ? -Infinity : encoder.timeOf(count, counts.delay)),
    endMs(onMs) {
      onCount ??= encoder.countAt(onMs)!
      return Math.min(encoder.timeOf(onCount, counts.pulse), onMs + longestPulseMs)
    },
  }
}

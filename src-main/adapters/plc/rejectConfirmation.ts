import type { ClockPort } from '../../ports/clock.ts'
import type { Edge } from './debounce.ts'

/** An edge is known only when it has been scanned and debounced; later than this it is not waited for. */
const debounceGraceMs = 50

interface Expected {
  readonly fromMs: number
  resolve(atMs: number | null): void
}

export interface RejectConfirmation {
  /** A reject has begun: when the eye behind the ejector saw the part, or null when it did not within the time. Never rejects. */
  rejected(fromMs: number): Promise<number | null>
  /** An accepted part passes the ejector, at a time that may be foretold and asked for again: its edge at the exit is in order. */
  accepted(passesMs: () => number): void
  /** The eye behind the ejector saw something. False: nobody ordered it. */
  sawReject(edge: Edge): boolean
  /** A part that leaves where accepted parts leave, and that no accepted part accounts for, is the rejected one: it is not confirmed. */
  sawExit(edge: Edge): void
  /** Nothing is confirmed any more. */
  cancel(): void
}

/**
 * Matches the eyes behind the ejector to what was ordered, the oldest first. `withinMs`: from the coil going on to the eye. When exactly
 * an edge was is known only to a scan: what may have been caused by a pulse was.
 */
export function rejectConfirmation(withinMs: number, clock: ClockPort): RejectConfirmation {
  const rejects = new Set<Expected>()
  let passes: (() => number)[] = []

  const isInTime = ({ edgeMs, seenMs }: Edge, fromMs: number): boolean => seenMs >= fromMs && edgeMs <= fromMs + withinMs

  function settleOldest(edge: Edge, isConfirmed: boolean): boolean {
    const expected = [...rejects].find(({ fromMs }) => isInTime(edge, fromMs))
    expected?.resolve(isConfirmed ? Math.max(edge.edgeMs, expected.fromMs) : null)
    return expected !== undefined
  }

  return {
    rejected(fromMs) {
      const limit = new AbortController()
      return new Promise((resolve) => {
        const expected: Expected = {
          fromMs,
          resolve(atMs) {
            rejects.delete(expected)
            limit.abort()
            resolve(atMs)
          },
        }
        rejects.add(expected)
        void clock.sleep(fromMs + withinMs + debounceGraceMs - clock.monotonicMs(), limit.signal).then(() => { expected.resolve(null) })
      })
    },
    accepted: (passesMs) => { passes.push(passesMs) },
    sawReject: (edge) => settleOldest(edge, true),
    sawExit(edge) {
      passes = passes.filter((passesMs) => passesMs() + withinMs >= edge.edgeMs)
      const accounted = passes.findIndex((passesMs) => isInTime(edge, passesMs()))
      if (accounted >= 0) passes.splice(accounted, 1)
      else settleOldest(edge, false)
    },
    cancel() {
      passes = []
      for (const expected of rejects) expected.resolve(null)
    },
  }
}

import type { ClockPort } from '../../ports/clock.ts'

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
  sawReject(edgeMs: number): boolean
  /** A part that leaves where accepted parts leave, and that no accepted part accounts for, is the rejected one: it is not confirmed. */
  sawExit(edgeMs: number): void
  /** Nothing is confirmed any more. */
  cancel(): void
}

/**
 * Matches the eyes behind the ejector to what was ordered. `withinMs`: from the coil going on to the eye. `earlyMs`: how far an edge's
 * time may lie before the pulse that caused it, because it is known only to half a scan.
 */
export function rejectConfirmation(withinMs: number, earlyMs: number, clock: ClockPort): RejectConfirmation {
  const rejects = new Set<Expected>()
  let passes: (() => number)[] = []

  const isInTime = (edgeMs: number, fromMs: number): boolean => edgeMs >= fromMs - earlyMs && edgeMs <= fromMs + withinMs

  function settleOldest(edgeMs: number, atMs: number | null): boolean {
    for (const expected of rejects) {
      if (!isInTime(edgeMs, expected.fromMs)) continue
      expected.resolve(atMs)
      return true
    }
    return false
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
    sawReject: (edgeMs) => settleOldest(edgeMs, edgeMs),
    sawExit(edgeMs) {
      passes = passes.filter((passesMs) => passesMs() + withinMs >= edgeMs)
      const accounted = passes.findIndex((passesMs) => isInTime(edgeMs, passesMs()))
      if (accounted >= 0) passes.splice(accounted, 1)
      else settleOldest(edgeMs, null)
    },
    cancel() {
      passes = []
      for (const expected of rejects) expected.resolve(null)
    },
  }
}

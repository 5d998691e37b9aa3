import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { ClockPort } from '../../ports/clock.ts'
import { timeOrderedId } from './timeOrderedId.ts'

/** Node's timers fire at once when asked for more. */
const longestTimerMs = 2 ** 31 - 1

/**
 * The machine's clocks. Monotonic time is CLOCK_MONOTONIC, counted from the machine's start, so that times taken in different
 * processes and threads can be compared; performance.now() starts anew in each of them.
 */
export function systemClock(): ClockPort {
  return {
    monotonicMs() {
      const [seconds, nanoseconds] = process.hrtime()
      return seconds * 1e3 + nanoseconds / 1e6
    },
    wallTime: () => new Date().toISOString(),
    async sleep(ms, signal) {
      // A caller that is behind its time must not keep everybody else waiting: sockets, timers and the end of a parent are events too.
      if (ms <= 0) await nextTurn()
      for (let left = ms; left > 0 && !signal?.aborted; left -= longestTimerMs)
        await wait(Math.min(left, longestTimerMs), undefined, { signal }).catch(ignoreAbort)
    },
    newId: timeOrderedId(Date.now, (bytes) => crypto.getRandomValues(bytes)),
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}

import type { ClockPort } from '../../ports/clock.ts'

/** Node's timers count whole milliseconds and fire up to one late, a busy kernel's some more. */
export const spinMs = 2

/** In real time nobody else gets the core meanwhile: this much of it may be spun away, saved up for so long a burst. */
const spinShare = 0.2
const burstMs = 40

/**
 * A clock whose sleeps end on time: it wakes somewhat early and looks again and again until the moment has come, while the loop goes on
 * reading its sockets. Beyond a fifth of a core its sleeps are ordinary ones. It belongs into a process that has little else to do.
 */
export function exactClock(clock: ClockPort): ClockPort {
  let savedMs = burstMs
  let countedMs = clock.monotonicMs()

  function canSpin(): boolean {
    const nowMs = clock.monotonicMs()
    savedMs = Math.min(burstMs, savedMs + (nowMs - countedMs) * spinShare)
    countedMs = nowMs
    if (savedMs < spinMs) return false
    savedMs -= spinMs
    return true
  }

  return {
    ...clock,
    async sleep(ms, signal) {
      const dueMs = clock.monotonicMs() + ms
      if (ms > spinMs) await clock.sleep(ms - spinMs, signal)
      if (!canSpin()) return clock.sleep(dueMs - clock.monotonicMs(), signal)
      while (clock.monotonicMs() < dueMs && !signal?.aborted) await new Promise((resolve) => { setImmediate(resolve) })
    },
  }
}

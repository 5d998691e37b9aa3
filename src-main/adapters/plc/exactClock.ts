import type { ClockPort } from '../../ports/clock.ts'

/** Node's timers count whole milliseconds and fire up to one late, a busy kernel's some more. */
const spinMs = 2

/**
 * A clock whose sleeps end on time: it wakes somewhat early and looks again and again until the moment has come, while the loop goes on
 * reading its sockets. Costs a core for 2 ms a sleep, so it belongs into a process that has little else to do.
 */
export const exactClock = (clock: ClockPort): ClockPort => ({
  ...clock,
  async sleep(ms, signal) {
    const dueMs = clock.monotonicMs() + ms
    if (ms > spinMs) await clock.sleep(ms - spinMs, signal)
    while (clock.monotonicMs() < dueMs && !signal?.aborted) await new Promise((resolve) => { setImmediate(resolve) })
  },
})

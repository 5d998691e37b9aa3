import type { StopName, Timings } from '../domain/inspection.ts'
import type { ClockPort } from '../ports/clock.ts'

/** Times the stops of one part; a stop that was not reached has no time. */
export interface Stopwatch {
  time<T>(stop: StopName, work: () => T): T
  start(stop: StopName): void
  /** Does nothing for a stop that was not started. */
  stop(stop: StopName): void
  mark(stop: StopName, ms: number): void
  readonly timings: Timings
}

export function startStopwatch(clock: ClockPort): Stopwatch {
  const startedMs: Partial<Record<StopName, number>> = {}
  const timings: Partial<Record<StopName, number>> = {}
  const watch: Stopwatch = {
    mark: (stop, ms) => { timings[stop] = ms },
    start: (stop) => { startedMs[stop] = clock.monotonicMs() },
    stop: (stop) => {
      const started = startedMs[stop]
      if (started !== undefined) timings[stop] = clock.monotonicMs() - started
    },
    time(stop, work) {
      watch.start(stop)
      const result = work()
      if (result instanceof Promise) return result.finally(() => { watch.stop(stop) }) as typeof result
      watch.stop(stop)
      return result
    },
    get timings() {
      return { ...timings }
    },
  }
  return watch
}

import type { ClockPort } from '../../src-main/ports/clock.ts'

export interface FakeClock extends ClockPort {
  /** Moves virtual time on by `ms`: everyone asleep wakes in the order of their times, and finishes what follows, before time goes on. */
  advance(ms: number): Promise<void>
  /** Lets everything that needs no time come to rest. */
  settle(): Promise<void>
}

interface Sleeper {
  readonly dueMs: number
  readonly wake: () => void
}

/** Virtual time that only `advance` moves, starting at `startMs`; wall time starts with 2026-01-01. */
export function fakeClock(startMs = 1_000): FakeClock {
  const wallStartMs = Date.UTC(2026, 0, 1)
  const sleepers = new Set<Sleeper>()
  let nowMs = startMs
  let ids = 0

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => { setImmediate(resolve) })
  }
  const earliest = (): Sleeper | undefined =>
    [...sleepers].reduce<Sleeper | undefined>((first, next) => (first && first.dueMs <= next.dueMs ? first : next), undefined)

  return {
    monotonicMs: () => nowMs,
    wallTime: () => new Date(wallStartMs + nowMs - startMs).toISOString(),
    newId: () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper: Sleeper = { dueMs: nowMs + Math.max(0, ms), wake }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', wake, { once: true })
      })
    },
    settle,
    async advance(ms) {
      const untilMs = nowMs + ms
      await settle()
      for (let next = earliest(); next && next.dueMs <= untilMs; next = earliest()) {
        nowMs = Math.max(nowMs, next.dueMs)
        next.wake()
        await settle()
      }
      nowMs = untilMs
    },
  }
}

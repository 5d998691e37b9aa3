import { expect, it } from 'vitest'
import { exactClock, spinMs } from '../../../src-main/adapters/plc/exactClock.ts'
import { fakeClock } from '../../support/fakeClock.ts'

/** Every look at it takes a tenth of a millisecond; its sleeps are noted, and end late by one. */
function tickingClock() {
  const sleeps: number[] = []
  let nowMs = 0
  return {
    sleeps,
    clock: {
      ...fakeClock(),
      monotonicMs: () => (nowMs += 0.1),
      sleep: async (ms: number) => {
        sleeps.push(ms)
        nowMs += Math.max(ms, 0) + 1
      },
    },
  }
}

it('wakes early and spins to the moment', async () => {
  const { clock, sleeps } = tickingClock()
  const startMs = clock.monotonicMs()
  await exactClock(clock).sleep(50)
  expect(sleeps).toEqual([50 - spinMs])
  expect(Math.abs(clock.monotonicMs() - startMs - 50)).toBeLessThan(0.5)
})

it('ends at once when it is aborted', async () => {
  const { clock } = tickingClock()
  const startMs = clock.monotonicMs()
  await exactClock(clock).sleep(1, AbortSignal.abort())
  expect(clock.monotonicMs() - startMs).toBeLessThan(1)
})

it('spins no more than a fifth of the time, however often it is asked', async () => {
  const { clock, sleeps } = tickingClock()
  const exact = exactClock(clock)
  for (let turn = 0; turn < 500; turn++) await exact.sleep(3)
  // Without spinning a sleep is two ordinary ones: up to the spin, and the rest of it.
  const spins = 2 * 500 - sleeps.length
  expect(spins * spinMs).toBeGreaterThan(200)
  expect(spins * spinMs).toBeLessThan(0.2 * clock.monotonicMs() + 45)
})

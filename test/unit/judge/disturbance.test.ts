import { expect, it } from 'vitest'
import { watchDisturbance } from '../../../src-main/hosts/judge/disturbance.ts'
import { fakeClock } from '../../support/fakeClock.ts'

function watched() {
  const clock = fakeClock(1_000)
  const stretches: (readonly [number, number])[] = []
  return { clock, stretches, watch: watchDisturbance({ disturb: (fromMs, toMs) => { stretches.push([fromMs, toMs]) } }, clock) }
}

it('a disturbance lasts until the station has closed a part that it decided after everything was right again', async () => {
  const { clock, stretches, watch } = watched()
  watch.disturb()
  await clock.advance(100)
  watch.closed(1_090)
  watch.settle()
  watch.closed(1_120)
  expect(stretches).toEqual([])
  watch.closed(1_200)
  watch.closed(1_300)
  expect(stretches).toEqual([[950, 1_200]])
})

it('trouble upon trouble is one stretch, from the first to the last', async () => {
  const { clock, stretches, watch } = watched()
  watch.disturb(500)
  watch.settle()
  await clock.advance(1_000)
  watch.disturb()
  watch.closed(5_000)
  expect(stretches).toEqual([])
  watch.end()
  expect(stretches).toEqual([[500, 2_000]])
})

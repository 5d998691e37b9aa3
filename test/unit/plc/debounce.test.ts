import { expect, it } from 'vitest'
import { debounce, type Edge } from '../../../src-main/adapters/plc/debounce.ts'

/** Looks every 5 ms, beginning with 0: `.` is off, `#` on. */
function edgesOf(levels: string, debounceMs: number): readonly Edge[] {
  const input = debounce(debounceMs)
  return [...levels].flatMap((level, i) => input(level === '#', 5 * i) ?? [])
}

it('takes the first look for how it is, not for an edge', () => {
  expect(edgesOf('####....', 0).map((edge) => edge.isOn)).toEqual([false])
})

it('puts the edge half-way between the last look at the old level and the first at the new one, however long it took to be sure', () => {
  expect(edgesOf('..######', 5)).toEqual([{ isOn: true, edgeMs: 7.5, seenMs: 10 }])
  expect(edgesOf('..######', 20)).toEqual([{ isOn: true, edgeMs: 7.5, seenMs: 10 }])
})

it('takes no bounce for an edge: a level must be seen twice, and last', () => {
  expect(edgesOf('..#.#.#....', 5)).toEqual([])
  expect(edgesOf('..##..', 10)).toEqual([])
})

it('sees every pulse that lasts for two looks, once', () => {
  expect(edgesOf('..##..##..', 5).map((edge) => edge.isOn)).toEqual([true, false, true, false])
})

it('without debouncing believes the first look', () => {
  expect(edgesOf('..#.', 0)).toEqual([{ isOn: true, edgeMs: 7.5, seenMs: 10 }, { isOn: false, edgeMs: 12.5, seenMs: 15 }])
})

it('with looks that come slowly waits for the second one all the same', () => {
  const input = debounce(5)
  expect([input(false, 0), input(true, 100), input(true, 200)]).toEqual([null, null, { isOn: true, edgeMs: 50, seenMs: 100 }])
})

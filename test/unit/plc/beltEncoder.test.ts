import { beforeEach, describe, expect, it } from 'vitest'
import { beltEncoder, type BeltEncoder } from '../../../src-main/adapters/plc/beltEncoder.ts'

let belt: BeltEncoder

/** Looks every 5 ms from `fromMs` on, the belt running at so many counts a ms; answers the count at the last one. */
function run(fromMs: number, forMs: number, fromCount: number, countsPerMs: number): number {
  for (let ms = 0; ms <= forMs; ms += 5) belt.look(Math.floor(fromCount + ms * countsPerMs) >>> 0, fromMs + ms)
  return Math.floor(fromCount + forMs * countsPerMs) >>> 0
}

beforeEach(() => { belt = beltEncoder() })

it('knows nothing before the first look', () => {
  expect(belt.countAt(0)).toBeNull()
  expect(belt.timeOf(0, 10)).toBe(Infinity)
})

describe('a belt that runs evenly', () => {
  beforeEach(() => { run(0, 200, 1_000, 4) })

  it('is known between looks and foretold after the last', () => {
    expect([belt.countAt(101), belt.countAt(200), belt.countAt(203)]).toEqual([1_404, 1_800, 1_812])
  })

  it('says when it was at a count, and when it will be', () => {
    expect(belt.timeOf(1_000, 404)).toBeCloseTo(101)
    expect(belt.timeOf(1_000, 1_200)).toBeCloseTo(300)
    expect(belt.timeOf(500, 100)).toBe(-Infinity)
  })
})

it('counts on through the wrap-around at 32 bits', () => {
  const nearTheEnd = 2 ** 32 - 400
  run(0, 200, nearTheEnd, 4)
  expect(belt.countAt(200)).toBe(400)
  expect(belt.countAt(50)).toBe(nearTheEnd + 200)
  expect(belt.timeOf(nearTheEnd, 1_200)).toBeCloseTo(300)
})

it('says of a belt that stands that it will not get there, and that it will when it runs again', () => {
  const count = run(0, 100, 0, 4)
  run(105, 100, count, 0)
  expect(belt.timeOf(0, 600)).toBe(Infinity)
  run(210, 100, count, 4)
  expect(belt.timeOf(0, 900)).toBeCloseTo(335)
})

it('follows a belt that changes its speed', () => {
  const count = run(0, 100, 0, 2)
  run(105, 60, count, 8)
  expect(belt.timeOf(count, 480 + 80)).toBeCloseTo(175)
})

it('takes a step back for one, and counts from there', () => {
  run(0, 50, 1_000, 4)
  belt.look(1_190, 55)
  expect(belt.countAt(55)).toBe(1_190)
})

it('forgets what is too long ago to matter', () => {
  for (let second = 0; second < 200; second++) belt.look(second * 10, second * 1_000)
  expect(belt.timeOf(0, 10)).toBe(-Infinity)
  expect(belt.timeOf(1_800, 10)).toBeCloseTo(181_000)
})

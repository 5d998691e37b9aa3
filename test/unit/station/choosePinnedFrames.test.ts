import { expect, test } from 'vitest'
import { choosePinnedBadParts, choosePinnedFrames } from '../../../src-main/station/choosePinnedFrames.ts'

const region = (holdOutScores: readonly number[], failAbove = 10) => ({ holdOutScores, limits: { failAbove } })

test('the two nearest to their limit are pinned, and three from the middle of the rest', () => {
  expect(choosePinnedFrames([region([1, 9, 2, 3, 8, 4, 5, 6, 7])])).toEqual([1, 3, 4, 5, 6])
})

test('a picture counts by the region in which it comes nearest to the limit, whatever the scale of its scores', () => {
  const [wide, narrow] = [region([10, 20, 30, 40, 50, 60, 70], 100), region([0.1, 0.99, 0.1, 0.1, 0.1, 0.1, 0.1], 1)]
  const chosen = choosePinnedFrames([wide, narrow])
  expect(chosen).toContain(1)
  expect(chosen).toContain(6)
  expect(chosen).toHaveLength(5)
})

test('few pictures are all pinned, each once', () => {
  expect(choosePinnedFrames([region([3, 1, 2])])).toEqual([0, 1, 2])
})

test('the choice does not depend on chance: equal scores are taken in their order', () => {
  const equal = [region(Array.from({ length: 20 }, () => 1))]
  expect(choosePinnedFrames(equal)).toEqual(choosePinnedFrames(equal))
})

test('of the known-bad parts the two nearest to being accepted are pinned; one without scores says nothing', () => {
  const part = (id: string, ...scores: number[]) => ({ id, scores: scores.map((score) => ({ score, failAbove: 10 })) })
  expect(choosePinnedBadParts([part('plain', 90, 2), part('faint', 11, 3), part('missed', 8, 9), part('unscored')])).toEqual(['missed', 'faint'])
})

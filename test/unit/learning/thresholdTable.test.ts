import jstat from 'jstat'
import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../../src-main/domain/clopperPearson.ts'
import { costAt, proposeByCost } from '../../../src-main/domain/thresholdCost.ts'
import { ascending, countAbove, figuresAt, splitHalves } from '../../../src-main/domain/thresholdTable.ts'

describe('the exact interval', () => {
  it('says what the note of the issue says: 0 missed of 20 shows at least 83 % two-sided, 86 % one-sided', () => {
    expect(1 - clopperPearson(0, 20).high).toBeCloseTo(0.8316, 4)
    expect(1 - clopperPearson(0, 20, 0.9).high).toBeCloseTo(0.8609, 4)
  })

  it.each([[0, 7], [1, 20], [3, 50], [199, 200], [250, 500], [1, 2_000], [70_000, 1_000_000]])('agrees with the beta quantiles of another program for %i of %i', (count, n) => {
    const { low, high } = clopperPearson(count, n)
    expect(low).toBeCloseTo(count === 0 ? 0 : jstat.beta.inv(0.025, count, n - count + 1), 6)
    expect(high).toBeCloseTo(jstat.beta.inv(0.975, count + 1, n - count), 6)
  })

  it('refuses a count that is no share', () => { expect(() => clopperPearson(3, 2)).toThrow('3 of 2') })
})

describe('figures of a line', () => {
  const good = ascending(Array.from({ length: 100 }, (_, i) => i / 100))
  const bad = ascending(Array.from({ length: 20 }, (_, i) => 0.85 + i / 20))

  it('counts what is over it; a score on it passes', () => {
    expect(countAbove([1, 2, 2, 3], 2)).toBe(1)
    expect(countAbove([1, 2, 2, 3], 0)).toBe(4)
    expect(countAbove([], 0)).toBe(0)
    for (const line of [-1, 0.5, 0.985, 2]) expect(countAbove(good, line)).toBe(good.filter((score) => score > line).length)
  })

  it('gives misses, false rejects, precision and F1 that belong together', () => {
    const { falseRejects, misses, recall, precision, f1 } = figuresAt(0.9, { good, bad }, 0.5)
    expect([falseRejects.value, misses!.value, recall!.value]).toEqual([0.09, 0.1, 0.9])
    expect(precision!.value).toBeCloseTo(0.9 / 0.99, 10)
    expect(f1!.value).toBeCloseTo((2 * precision!.value * 0.9) / (precision!.value + 0.9), 10)
    for (const one of [precision!, f1!, recall!, misses!]) expect(one.low < one.value && one.value < one.high).toBe(true)
  })

  it('says nothing about misses without known-bad parts', () => {
    expect(figuresAt(0.5, { good, bad: [] }, 0.01)).toMatchObject({ misses: null, recall: null, precision: null, f1: null, falseRejects: { n: 100 } })
  })

  it('knows that alarms on a line with few defects are mostly false', () => {
    const precisionAt = (share: number) => figuresAt(0.9, { good, bad }, share).precision!.value
    expect(precisionAt(0.01)).toBeLessThan(0.1)
    expect(precisionAt(0.2)).toBeGreaterThan(0.7)
  })
})

describe('the proposal by cost', () => {
  const apart = { good: [1, 2, 3], bad: [7, 9] }
  it('lies in the middle of the gap when good and bad are apart, whatever a miss costs', () => {
    for (const costRatio of [0.1, 1, 1000]) expect(proposeByCost(apart, { costRatio, defectShare: 0.05 })).toEqual({ line: 5, costPerPart: 0 })
  })

  it('moves down as a miss grows dearer, and is never dearer than any other line', () => {
    const mixed = { good: [1, 2, 3, 4, 5, 6], bad: [2.5, 4.5, 8] }
    const lines = [0.1, 10, 1000].map((costRatio) => proposeByCost(mixed, { costRatio, defectShare: 0.1 })!)
    expect(lines.map(({ line }) => line)).toEqual([...lines.map(({ line }) => line)].sort((a, b) => b - a))
    expect(new Set(lines.map(({ line }) => line)).size).toBeGreaterThan(1)
    for (let line = 0; line < 9; line += 0.1) expect(costAt(line, mixed, { costRatio: 10, defectShare: 0.1 })).toBeGreaterThanOrEqual(lines[1]!.costPerPart - 1e-12)
  })

  it('is not made without known-bad parts', () => { expect(proposeByCost({ good: [1], bad: [] }, { costRatio: 10, defectShare: 0.1 })).toBeUndefined() })
})

it('what tunes and what confirms share no part and lose none', () => {
  expect(splitHalves([1, 2, 3, 4, 5])).toEqual({ tuned: [1, 3, 5], confirmed: [2, 4] })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import type { Region, RegionLimits } from '../../../src-main/domain/recipe.ts'
import type { Outcome, Reading } from '../../../src-main/domain/verdict.ts'
import { extendHistory, judge, type JudgeHistory } from '../../../src-main/pipeline/judge.ts'

const basis = { rule: 'q90', goodImages: 80, expectedFalseRejects: { value: 0.1, low: 0.05, high: 0.2, n: 80 } } as const
const limitsOf = (some: Partial<RegionLimits> = {}): RegionLimits => ({ failAbove: 10, unsureAbove: 8, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis, ...some })
const regionOf = (id: string, limits: Partial<RegionLimits> = {}): Region => ({
  id: id as RegionId,
  name: id.toUpperCase(),
  shape: { kind: 'rectangle', x: 0, y: 0, width: 64, height: 64 },
  masks: [],
  model: { sha256: '0'.repeat(64) as Sha256, bytes: 1, method: 'padim', features: 'bank', inputWidthPx: 64, inputHeightPx: 64, mapWidth: 8, mapHeight: 8, baselineImages: 80, seed: 1 },
  limits: limitsOf(limits),
})
const readingOf = (id: string, score: number, areaPx = 500): Reading => ({
  regionId: id as RegionId,
  regionName: id.toUpperCase(),
  model: '0'.repeat(64) as Sha256,
  score,
  failAbove: 10,
  unsureAbove: 8,
  areaPx,
  peak: { x: 0, y: 0 },
  heatmap: { bounds: { left: 0, top: 0, width: 64, height: 64 }, mapWidth: 8, mapHeight: 8, heatPerCount: 1, cells: new Uint8Array(64) },
  embedding: [],
  provider: 'cpu',
})
const judgeOne = (score: number, limits: Partial<RegionLimits> = {}, areaPx = 500, earlier: readonly Outcome[] = []) =>
  judge([readingOf('a', score, areaPx)], [regionOf('a', limits)], { a: earlier })

describe('judge', () => {
  it.each([
    [7.9, 'pass', 'region/withinLimit'],
    [8, 'pass', 'region/withinLimit'],
    [8.1, 'unsure', 'region/unsure'],
    [10, 'unsure', 'region/unsure'],
    [10.1, 'fail', 'region/overLimit'],
  ])('a score of %f between limits of 8 and 10 is %s', (score, outcome, code) => {
    expect(judgeOne(score)).toMatchObject({ outcome, reasons: [{ code }] })
  })

  it('lets the worst region decide, and names every region that is not plainly within its limits, worst first', () => {
    const regions = ['a', 'b', 'c'].map((id) => regionOf(id))
    const verdict = judge([readingOf('a', 3), readingOf('b', 9), readingOf('c', 12.34567)], regions, {})
    expect(verdict).toEqual({
      outcome: 'fail',
      reasons: [
        { code: 'region/overLimit', params: { region: 'C', score: 12.35, limit: 10 } },
        { code: 'region/unsure', params: { region: 'B', score: 9, limit: 8 } },
      ],
    })
  })

  it('names the region that came closest when all pass', () => {
    const verdict = judge([readingOf('a', 3), readingOf('b', 6)], [regionOf('a', { unsureAbove: 3.1 }), regionOf('b')], {})
    expect(verdict).toEqual({ outcome: 'pass', reasons: [{ code: 'region/withinLimit', params: { region: 'A', score: 3, limit: 3.1 } }] })
  })

  it.each([9, 12])('takes an anomaly smaller than the minimum area for none, at a score of %f', (score) => {
    const verdict = judgeOne(score, { minAreaPx: 600 })
    expect(verdict).toMatchObject({ outcome: 'pass', reasons: [{ code: 'region/belowMinArea', params: { areaPx: 500, minAreaPx: 600 } }] })
    expect(judgeOne(score, { minAreaPx: 500 }).outcome).not.toBe('pass')
  })

  it('fails only when enough of the last parts were over the limit, this one included', () => {
    const limits = { persistence: { count: 2, of: 3 } }
    expect(judgeOne(12, limits)).toEqual({
      outcome: 'pass',
      reasons: [{ code: 'region/notPersistent', params: { region: 'A', score: 12, limit: 10, seen: 1, count: 2, of: 3 } }],
    })
    expect(judgeOne(12, limits, 500, ['pass', 'fail']).outcome).toBe('fail')
    expect(judgeOne(12, limits, 500, ['pass', 'pass', 'fail']).outcome).toBe('pass')
    expect(judgeOne(5, limits, 500, ['fail', 'fail']).outcome).toBe('pass')
  })

  it('is unsure where only weaker anomalies persist', () => {
    const limits = { persistence: { count: 2, of: 3 } }
    expect(judgeOne(12, limits, 500, ['unsure']).outcome).toBe('unsure')
    expect(judgeOne(9, limits, 500, ['fail']).outcome).toBe('unsure')
    expect(judgeOne(9, limits).outcome).toBe('pass')
  })

  it.each([
    ['no region', () => judge([], [], {})],
    ['a region without a reading', () => judge([readingOf('b', 1)], [regionOf('a')], {})],
    ['a score that is not a number', () => judgeOne(NaN)],
    ['an area that is not a number', () => judgeOne(12, { minAreaPx: 1 }, NaN)],
    ['a limit that is not a number', () => judgeOne(12, { failAbove: NaN })],
    ['an infinite limit', () => judgeOne(12, { failAbove: Infinity, unsureAbove: Infinity })],
  ])('throws on %s instead of passing the part', (_, call) => {
    expect(call).toThrow()
  })

  it('never judges a higher score more kindly, whatever came before', () => {
    const level = fc.constantFrom<Outcome>('pass', 'fail', 'unsure')
    const severity = { pass: 0, unsure: 1, fail: 2 }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), fc.array(level, { maxLength: 6 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (one, other, earlier, a, b) => {
        const limits = { persistence: { count: Math.min(a, b), of: Math.max(a, b) } }
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(severity[judgeOne(high, limits, 500, earlier).outcome]).toBeGreaterThanOrEqual(severity[judgeOne(low, limits, 500, earlier).outcome])
      }),
    )
  })
})

describe('extendHistory', () => {
  it('keeps what persistence needs, newest first, and counts small anomalies as none', () => {
    const regions = [regionOf('a', { minAreaPx: 100, persistence: { count: 2, of: 4 } }), regionOf('__proto__')]
    const see = (history: JudgeHistory, score: number, areaPx: number): JudgeHistory => extendHistory(history, [readingOf('a', score, areaPx), readingOf('__proto__', 12)], regions)
    let history: JudgeHistory = {}
    for (const [score, areaPx] of [[12, 500], [9, 500], [12, 50], [3, 0]] as const) history = see(history, score, areaPx)
    expect(history['a']).toEqual(['pass', 'pass', 'unsure'])
    expect(Object.entries(history)).toContainEqual(['__proto__', []])
    expect(judge([readingOf('a', 12), readingOf('__proto__', 1)], regions, history).outcome).toBe('unsure')
  })
})

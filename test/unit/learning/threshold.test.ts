import { describe, expect, it } from 'vitest'
import { clopperPearson } from '../../../src-main/domain/clopperPearson.ts'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { basisOf, limitsFrom, quantileOf, thresholdBy } from '../../../src-main/learning/threshold.ts'

const scores = Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1)

describe('an exact interval', () => {
  it.each([
    // Closed forms at the ends: 1 − 0.025^(1/n) and 0.025^(1/n).
    [0, 10, 0, 1 - 0.025 ** (1 / 10)],
    [10, 10, 0.025 ** (1 / 10), 1],
    [0, 160, 0, 1 - 0.025 ** (1 / 160)],
    // R: binom.test(5, 20)$conf.int and binom.test(10, 100)$conf.int
    [5, 20, 0.08657147, 0.4910459],
    [10, 100, 0.04900469, 0.1762226],
    [0, 0, 0, 1],
  ])('of %i in %i is %f to %f', (k, n, low, high) => {
    const share = clopperPearson(k, n)
    expect(share.low).toBeCloseTo(low, 6)
    expect(share.high).toBeCloseTo(high, 6)
    expect(share.n).toBe(n)
  })

  it.each([[-1, 10], [11, 10], [0.5, 10]])('of %f in %i is a bug', (k, n) => {
    expect(() => clopperPearson(k, n)).toThrow('is not a share')
  })
})

it('gives quantiles as numpy has them', () => {
  // numpy.quantile([1, 2, 4, 8], 0.9) = 6.8
  expect(quantileOf([8, 1, 4, 2], 0.9)).toBeCloseTo(6.8, 12)
})

describe('a threshold from good images', () => {
  it.each([
    // ⌈101·0.9⌉ = 91, ⌈101·0.95⌉ = 96, ⌈21·0.95⌉ = 20, ⌈20·0.9⌉ = 18, ⌈20·0.95⌉ = 19; ten cannot show what 95 % of them are below.
    ['q90', 100, 91], ['q95', 100, 96], ['q95', 20, 20], ['q90', 19, 18], ['q95', 19, 19], ['q95', 10, 10],
  ] as const)('by %s of %i scores is the %i-th of them', (rule, n, rank) => {
    expect(thresholdBy(rule, scores.slice(0, n).map((_, i) => n - i))).toBe(rank)
  })

  it.each([['q90', 0.1], ['q95', 0.05]] as const)('by %s rejects no more good parts than it says, with few images too', (rule, share) => {
    const random = xoroshiro128plus(5)
    const draw = (): number => uniformInt(random, 0, 1_000_000)
    let rejected = 0
    for (let i = 0; i < 20_000; i++) if (draw() > thresholdBy(rule, Array.from({ length: 24 }, draw))) rejected++
    expect(rejected / 20_000).toBeLessThan(share + 0.006)
    expect(rejected / 20_000).toBeGreaterThan(share - 0.04)
  })

  it('says what share of good parts it would reject, and where it comes from', () => {
    expect(limitsFrom(scores)).toMatchObject({
      unsureAbove: limitsFrom(scores).failAbove, minAreaPx: 0, persistence: { count: 1, of: 1 },
      basis: { rule: 'q90', goodImages: 100, expectedFalseRejects: { value: 0.09, n: 100 } },
    })
    expect(limitsFrom(scores, 'q95').basis).toMatchObject({ rule: 'q95', expectedFalseRejects: { value: 0.04 } })
  })

  it('follows a technician who moves it', () => {
    expect(basisOf(scores, 75, 'technician')).toMatchObject({ rule: 'technician', expectedFalseRejects: { value: 0.25, n: 100 } })
  })

  it('counts a score on the threshold as good', () => {
    expect(basisOf([1, 1, 1, 1], 1, 'technician').expectedFalseRejects.value).toBe(0)
  })
})

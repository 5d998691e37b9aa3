import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averagePrecision } from '../../../src-main/learning/evaluation/averagePrecision.ts'
import { auroc, rocArea } from '../../../src-main/learning/evaluation/rocArea.ts'

const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 })

describe('auroc', () => {
  it('agrees with the example of scikit-learn roc_auc_score', () => {
    expect(auroc([0.35, 0.8], [0.1, 0.4])).toBeCloseTo(0.75, 12)
  })

  it('is one for a perfect order, none for the reverse, a half where all are equal', () => {
    expect(auroc([3, 4], [1, 2])).toBe(1)
    expect(auroc([1, 2], [3, 4])).toBe(0)
    expect(auroc([5, 5, 5], [5, 5])).toBe(0.5)
  })

  it('is the share of pairs in order, a tie counting half', () => {
    fc.assert(fc.property(scores, scores, (bad, good) => {
      const pairs = bad.flatMap((b) => good.map((g) => (b > g ? 1 : b === g ? 0.5 : 0)))
      expect(auroc(bad, good)).toBeCloseTo(pairs.reduce<number>((a, b) => a + b, 0) / pairs.length, 10)
    }))
  })

  it('is unknown without one of the two kinds', () => {
    expect(auroc([], [1])).toBeNull()
    expect(auroc([1], [])).toBeNull()
  })
})

describe('averagePrecision', () => {
  it('agrees with the example of scikit-learn average_precision_score', () => {
    expect(averagePrecision([0.35, 0.8], [0.1, 0.4])).toBeCloseTo(0.8333333333333333, 12)
  })

  it('is the share of defective ones where the score says nothing', () => {
    expect(averagePrecision([1, 1, 1], [1])).toBeCloseTo(0.75, 12)
  })

  it('is unknown without a defective one', () => {
    expect(averagePrecision([], [1])).toBeNull()
  })
})

describe('rocArea up to a false positive rate', () => {
  // true positive rate 0.5 at 0, then a straight line to (0.5, 1): at 0.3 it has reached 0.8
  const steps = [{ positives: 1, negatives: 0 }, { positives: 1, negatives: 5 }, { positives: 0, negatives: 5 }]

  it('cuts a step that crosses the limit, and fills the whole for a perfect score', () => {
    expect(rocArea(steps, 0.3)).toBeCloseTo((0.5 + 0.8) / 2, 12)
    expect(rocArea([{ positives: 4, negatives: 0 }, { positives: 0, negatives: 9 }], 0.3)).toBeCloseTo(1, 12)
  })

  it('is half the limit for a score that says nothing', () => {
    expect(rocArea([{ positives: 4, negatives: 9 }], 0.3)).toBeCloseTo(0.15, 12)
  })
})

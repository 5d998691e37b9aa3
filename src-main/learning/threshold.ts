import type { RegionLimits, ThresholdBasis } from '../domain/recipe.ts'
import { clopperPearson } from './proportion.ts'

const quantiles = { q90: 0.9, q95: 0.95 } as const
export type QuantileRule = keyof typeof quantiles

/**
 * Limits from the cross-validated scores of good images alone. q90 by default: of the rules tried it balances rejected good parts
 * and missed defects best; the expected share of rejected good parts stands beside it with its exact interval.
 */
export function limitsFrom(holdOutScores: readonly number[], rule: QuantileRule = 'q90'): RegionLimits {
  const failAbove = quantileOf(holdOutScores, quantiles[rule])
  return { failAbove, unsureAbove: failAbove, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis: basisOf(holdOutScores, failAbove, rule) }
}

/** What a threshold, chosen by a rule or by hand, means for good parts. */
export function basisOf(holdOutScores: readonly number[], failAbove: number, rule: ThresholdBasis['rule']): ThresholdBasis {
  const above = holdOutScores.filter((score) => score > failAbove).length
  return { rule, goodImages: holdOutScores.length, expectedFalseRejects: clopperPearson(above, holdOutScores.length) }
}

/** Linear between the two neighbours (Hyndman & Fan, 1996, type 7: the default of numpy and R). */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const lower = sorted[Math.floor(place)]!
  return lower + (sorted[Math.ceil(place)]! - lower) * (place - Math.floor(place))
}

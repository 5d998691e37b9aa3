import type { RegionLimits, ThresholdBasis } from '../domain/recipe.ts'
import { clopperPearson } from '../domain/clopperPearson.ts'

const quantiles = { q90: 0.9, q95: 0.95 } as const
export type QuantileRule = keyof typeof quantiles

/**
 * Limits from the cross-validated scores of good images alone. q90 by default: of the rules tried it balances rejected good parts
 * and missed defects best; the expected share of rejected good parts stands beside it with its exact interval.
 */
export function limitsFrom(holdOutScores: readonly number[], rule: QuantileRule = 'q90'): RegionLimits {
  const failAbove = thresholdBy(rule, holdOutScores)
  return { failAbove, unsureAbove: failAbove, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis: basisOf(holdOutScores, failAbove, rule) }
}

/**
 * The ⌈(n + 1)·q⌉-th smallest score, or the largest there is: a further good part lies over it with a probability of at most 1 − q
 * when its score comes from where these do (split conformal prediction; Lei et al., JASA 2018). The usual quantile of n scores lies lower
 * and rejects more good parts than it says, 11.3 % instead of 10 % with n = 60 and 13 % with n = 20.
 */
export function thresholdBy(rule: QuantileRule, holdOutScores: readonly number[]): number {
  const sorted = [...holdOutScores].sort((a, b) => a - b)
  // A product such as 100 · 0.95 may come out a hair over the whole number that it is.
  const rank = Math.ceil((sorted.length + 1) * quantiles[rule] - 1e-9)
  return sorted[Math.min(rank, sorted.length) - 1]!
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

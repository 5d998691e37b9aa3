import { scoreSteps } from './scoreSteps.ts'

/** Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores, without interpolation (as scikit-learn); null without a positive. */
export function averagePrecision(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0) return null
  let sum = 0
  let found = 0
  let called = 0
  for (const step of scoreSteps(positives, negatives)) {
    found += step.positives
    called += step.positives + step.negatives
    sum += (step.positives / positives.length) * (found / called)
  }
  return sum
}

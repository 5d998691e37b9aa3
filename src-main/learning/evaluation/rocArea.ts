import { scoreSteps, totalOf, type ScoreStep } from './scoreSteps.ts'

/** Probability that a defective one scores above a good one, a tie counting half (Mann–Whitney U); null when either list is empty. */
export const auroc = (positives: readonly number[], negatives: readonly number[]): number | null => rocArea(scoreSteps(positives, negatives))

/**
 * Area under the curve of true over false positive rate by trapezoids, from 0 to `limit` and divided by it; null where a rate has
 * nothing to count. With positives weighted by 1 / (regions × pixels of their region) the true positive rate is the per-region
 * overlap, and the area up to 0.3 is AUPRO (Bergmann et al., IJCV 2021, section 5.2).
 */
export function rocArea(steps: readonly ScoreStep[], limit = 1): number | null {
  const total = totalOf(steps)
  if (total.positives === 0 || total.negatives === 0) return null
  const lastAlarm = limit * total.negatives
  let area = 0
  let found = 0
  let alarms = 0
  for (const { positives, negatives } of steps) {
    const inside = Math.min(negatives, lastAlarm - alarms)
    const foundInside = negatives === 0 ? positives : (positives * inside) / negatives
    area += inside * (found + foundInside / 2)
    found += positives
    alarms += negatives
    if (alarms >= lastAlarm) break
  }
  return area / (total.positives * lastAlarm)
}

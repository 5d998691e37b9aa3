/**
 * A threshold lowered past one score: what it then also calls defective. Weights rather than counts, so that a pixel can count by
 * the share of its region.
 */
export interface ScoreStep {
  readonly positives: number
  readonly negatives: number
}

/** One step per distinct score, the highest first; equal scores share a step, which is what makes ties count half. */
export function scoreSteps(positives: readonly number[], negatives: readonly number[]): readonly ScoreStep[] {
  const steps = new Map<number, { positives: number; negatives: number }>()
  const stepAt = (score: number): { positives: number; negatives: number } => {
    const step = steps.get(score) ?? { positives: 0, negatives: 0 }
    steps.set(score, step)
    return step
  }
  for (const score of positives) stepAt(score).positives++
  for (const score of negatives) stepAt(score).negatives++
  return [...steps].sort(([a], [b]) => b - a).map(([, step]) => step)
}

export const totalOf = (steps: readonly ScoreStep[]): ScoreStep =>
  steps.reduce((sum, step) => ({ positives: sum.positives + step.positives, negatives: sum.negatives + step.negatives }), { positives: 0, negatives: 0 })

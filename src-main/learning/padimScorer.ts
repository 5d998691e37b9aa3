import { anomalyScore, namedCells } from './anomalyScore.ts'
import { gaussianDistances } from './gaussianDistances.ts'
import { gaussianLearner } from './gaussianLearner.ts'
import { reshape } from './onnx/operators.ts'
import type { Scorer, ScorerPlan } from './scorer.ts'

/** A Gaussian for each place of the part. */
export function padimScorer(plan: ScorerPlan): Scorer {
  const { grid, scoring } = plan
  const gaussians = gaussianLearner(plan)
  return {
    add: gaussians.add,
    learn: (withoutFold) => ({ numbers: gaussians.numbersOf(gaussians.learn(withoutFold)), metadata: {} }),
    write(g, patches, { means, factors }) {
      const { score, heatmap, hottest } = anomalyScore(g, grid, scoring, () => gaussianDistances(g, patches, { means: means!, factors: factors! }, grid))
      return { score, heatmap, nearest: reshape(g, hottest, [1, namedCells]) }
    },
  }
}

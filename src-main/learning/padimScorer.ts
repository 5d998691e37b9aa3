import { anomalyScore, namedCells } from './anomalyScore.ts'
import { blockOrder } from './cellGrid.ts'
import { foldCount, foldOf } from './folds.ts'
import { gaussianDistances, gaussianShapes } from './gaussianDistances.ts'
import { reshape } from './onnx/operators.ts'
import { fitGaussians } from './padim.ts'
import { addPatches, combineMoments, noMoments } from './patchMoments.ts'
import type { Scorer, ScorerPlan } from './scorer.ts'

/** A Gaussian for each place of the part. Only sums are kept, one set a fold, so that nothing grows with the images. */
export function padimScorer({ grid, patchLength, scoring }: ScorerPlan): Scorer {
  const isVisible = blockOrder(grid).map((cell) => grid.isVisible[cell]!)
  const folds = Array.from({ length: foldCount }, () => noMoments(isVisible.length, patchLength))
  const shapes = gaussianShapes(grid, patchLength)
  return {
    add(image, patches) { addPatches(folds[foldOf(image)]!, patches, isVisible) },
    learn(withoutFold) {
      const { means, factors } = fitGaussians(combineMoments(folds.filter((_, fold) => fold !== withoutFold)), grid)
      return { numbers: { means: { shape: shapes.means, data: means }, factors: { shape: shapes.factors, data: factors } }, metadata: {} }
    },
    write(g, patches, { means, factors }) {
      const { score, heatmap, hottest } = anomalyScore(g, grid, scoring, () => gaussianDistances(g, patches, { means: means!, factors: factors! }, grid))
      return { score, heatmap, nearest: reshape(g, hottest, [1, namedCells]) }
    },
  }
}

import { blockOrder } from './cellGrid.ts'
import { foldCount } from './folds.ts'
import { gaussianShapes } from './gaussianDistances.ts'
import { fitGaussians, type Gaussians } from './padim.ts'
import { addPatches, combineMoments, noMoments } from './patchMoments.ts'
import type { LearntScorer, ScorerPlan } from './scorer.ts'

/** Learns a Gaussian for each place. Only sums are kept, one set a fold, so that nothing grows with the images. */
export interface GaussianLearner {
  /** Takes in the whitened patches of baseline image `image`, in block order. */
  add(image: number, patches: Float32Array): void
  /** From all images, or from those outside one fold. */
  learn(withoutFold?: number): Gaussians
  /** As a graph takes them, under the names `means` and `factors`. */
  numbersOf(gaussians: Gaussians): LearntScorer['numbers']
}

export function gaussianLearner({ grid, patchLength, folds }: ScorerPlan): GaussianLearner {
  const isVisible = blockOrder(grid).map((cell) => grid.isVisible[cell]!)
  const moments = Array.from({ length: foldCount }, () => noMoments(isVisible.length, patchLength))
  const shapes = gaussianShapes(grid, patchLength)
  return {
    add(image, patches) { addPatches(moments[folds[image]!]!, patches, isVisible) },
    learn: (withoutFold) => fitGaussians(combineMoments(moments.filter((_, fold) => fold !== withoutFold)), grid),
    numbersOf: ({ means, factors }) => ({ means: { shape: shapes.means, data: means }, factors: { shape: shapes.factors, data: factors } }),
  }
}

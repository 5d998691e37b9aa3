import { anomalyScore, gaussianShapes } from './anomalyScore.ts'
import type { CellGrid } from './cellGrid.ts'
import type { LearningTools } from './learningTools.ts'
import { GraphBuilder } from './onnx/graphBuilder.ts'
import { fitGaussians } from './padim.ts'
import { combineMoments, type PatchMoments } from './patchMoments.ts'

/** Image i belongs to fold i mod 8. Three folds leave out so many images that thresholds come out too high. */
export const foldCount = 8

/**
 * The score of each baseline image by Gaussians that have not seen it. The whitening has: it is one for all folds, as 64 directions
 * from 30,000 patches hardly depend on an eighth of the images. Scored by the very operators of the sealed model.
 */
export async function holdOutScores(patches: readonly Float32Array[], folds: readonly PatchMoments[], grid: CellGrid, { openGraph, report }: LearningTools): Promise<number[]> {
  const shapes = gaussianShapes(grid)
  const run = await openGraph(holdOutGraph(grid))
  const scores = new Array<number>(patches.length)
  let done = 0
  for (const [fold, own] of folds.entries()) {
    const { means, factors } = fitGaussians(combineMoments(folds.filter((other) => other !== own)), grid)
    const constants = {
      means: { type: 'float32', shape: shapes.means, data: means },
      factors: { type: 'float32', shape: shapes.factors, data: factors },
    } as const
    for (let i = fold; i < patches.length; i += foldCount) {
      const { score } = await run({ ...constants, patches: { type: 'float32', shape: shapes.means, data: patches[i]! } })
      scores[i] = score![0]!
      await report('holdOut', ++done / patches.length)
    }
  }
  return scores
}

function holdOutGraph(grid: CellGrid): Uint8Array {
  const g = new GraphBuilder('holdOut')
  const shapes = gaussianShapes(grid)
  const gaussians = { means: g.input('means', 'float', shapes.means), factors: g.input('factors', 'float', shapes.factors) }
  g.output('score', anomalyScore(g, g.input('patches', 'float', shapes.means), gaussians, grid).score)
  return g.build()
}

import { patchShape } from './cellGrid.ts'
import type { LearningTools, RunGraph, Tensor } from './learningTools.ts'
import { GraphBuilder } from './onnx/graphBuilder.ts'
import type { LearntScorer, Scorer, ScorerPlan } from './scorer.ts'

/**
 * The score of each baseline image by a scorer that has not seen its fold. The whitening has: it is one for all folds, as its
 * directions from 30,000 patches hardly depend on an eighth of the images. Scored by the very operators of the sealed model.
 */
export async function holdOutScores(patches: readonly Float32Array[], scorer: Scorer, { grid, folds }: Pick<ScorerPlan, 'grid' | 'folds'>, { openGraph, report }: LearningTools): Promise<number[]> {
  const scores = new Array<number>(patches.length)
  let opened: { readonly sizes: string; readonly run: RunGraph } | undefined
  let done = 0
  const shape = patchShape(grid, patches[0]!.length / grid.isVisible.length)
  for (const fold of new Set(folds)) {
    const { numbers } = scorer.learn(fold)
    const sizes = JSON.stringify(Object.values(numbers).map((number) => number.shape))
    if (opened?.sizes !== sizes) opened = { sizes, run: await openGraph(foldGraph(scorer, numbers, shape)) }
    const constants = Object.fromEntries(Object.entries(numbers).map(([name, number]): [string, Tensor] => [name, { type: 'float32', ...number }]))
    for (const [image, data] of patches.entries()) {
      if (folds[image] !== fold) continue
      const { score } = await opened.run({ ...constants, patches: { type: 'float32', shape, data } })
      scores[image] = score![0]!
      await report('holdOut', ++done / patches.length)
    }
  }
  return scores
}

function foldGraph(scorer: Scorer, numbers: LearntScorer['numbers'], shape: readonly number[]): Uint8Array {
  const g = new GraphBuilder('holdOut')
  const inputs = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, g.input(name, 'float', number.shape)]))
  g.output('score', scorer.write(g, g.input('patches', 'float', shape), inputs).score)
  return g.build()
}

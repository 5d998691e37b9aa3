import type { ModelChoice } from '../domain/recipe.ts'
import { blockOrder, visibleCells, type CellGrid } from './cellGrid.ts'
import type { FeatureSource } from './featureSource.ts'
import { GraphBuilder, type Value } from './onnx/graphBuilder.ts'
import { matMul, reshape } from './onnx/operators.ts'
import { cropInput, whitenedPatches } from './patchGraph.ts'
import type { LearntScorer, Scorer } from './scorer.ts'
import type { Whitening } from './whitening.ts'

export interface ModelParts {
  readonly grid: CellGrid
  readonly source: FeatureSource
  readonly whitening: Whitening
  readonly scorer: Scorer
  readonly learnt: LearntScorer
  readonly facts: ModelFacts
}

/** What the file says about itself. */
export interface ModelFacts extends ModelChoice {
  readonly seed: number
  readonly baselineImages: number
}

/**
 * One region's whole decision chain as one ONNX file. Input `crop` uint8 [1, H, W, 3]; outputs `score` float [1], `heatmap` float
 * [1, 1, h, w] in the score's unit, `embedding` float [1, patchLength] (mean whitened patch of the visible cells), `nearest` int64
 * [1, 5] (see `ScoreValues`). Holds no time and no name of a machine: the same parts give the same bytes.
 */
export function sealModel({ grid, source, whitening, scorer, learnt, facts }: ModelParts): Uint8Array {
  const g = new GraphBuilder(`stationmaster-${facts.method}`)
  const patches = whitenedPatches(g, source, cropInput(g, source, grid), grid, whitening)
  const constants = Object.fromEntries(Object.entries(learnt.numbers).map(([name, { shape, data }]) => [name, g.floats(data, shape)]))
  const { score, heatmap, nearest } = scorer.write(g, patches, constants)
  g.output('score', score)
  g.output('heatmap', heatmap)
  g.output('embedding', meanPatch(g, patches, grid))
  g.output('nearest', nearest)
  return source.finish(g.build({
    'stationmaster.format': '1',
    'stationmaster.method': facts.method,
    'stationmaster.features': source.id,
    'stationmaster.seed': String(facts.seed),
    'stationmaster.baselineImages': String(facts.baselineImages),
    ...(facts.setting === 'standard' ? {} : { 'stationmaster.setting': facts.setting }),
    ...learnt.metadata,
  }))
}

function meanPatch(g: GraphBuilder, patches: Value, grid: CellGrid): Value {
  const order = blockOrder(grid)
  const share = 1 / visibleCells(grid).length
  const weights = g.floats(order.map((cell) => (grid.isVisible[cell] ? share : 0)), [1, order.length])
  return matMul(g, weights, reshape(g, patches, [order.length, patches.shape.at(-1)!]))
}

import { anomalyScore, gaussianShapes } from './anomalyScore.ts'
import { blockOrder, visibleCells, type CellGrid } from './cellGrid.ts'
import { GraphBuilder, type Value } from './onnx/graphBuilder.ts'
import { matMul, reshape } from './onnx/operators.ts'
import type { Gaussians } from './padim.ts'
import { cropInput, featuresId, whitenedPatches } from './patchGraph.ts'
import { patchLength, type Whitening } from './whitening.ts'

export interface ModelParts {
  readonly grid: CellGrid
  readonly whitening: Whitening
  readonly gaussians: Gaussians
  readonly seed: number
  readonly baselineImages: number
}

/**
 * One region's whole decision chain as one ONNX file. Input `crop` uint8 [1, H, W, 3]; outputs `score` float [1], `heatmap` float
 * [1, 1, h, w] in the score's unit, `embedding` float [1, 64] (mean whitened patch of the visible cells), `nearest` int64 [1, 5] (the
 * hottest cells, row by row). Holds no time and no name of a machine: the same parts give the same bytes.
 */
export function sealModel({ grid, whitening, gaussians, seed, baselineImages }: ModelParts): Uint8Array {
  const g = new GraphBuilder('stationmaster-padim')
  const patches = whitenedPatches(g, cropInput(g, grid), grid, whitening)
  const shapes = gaussianShapes(grid)
  const constants = { means: g.floats(gaussians.means, shapes.means), factors: g.floats(gaussians.factors, shapes.factors) }
  const { score, heatmap, nearest } = anomalyScore(g, patches, constants, grid)
  g.output('score', score)
  g.output('heatmap', heatmap)
  g.output('embedding', meanPatch(g, patches, grid))
  g.output('nearest', nearest)
  return g.build({
    'stationmaster.format': '1',
    'stationmaster.method': 'padim',
    'stationmaster.features': featuresId,
    'stationmaster.seed': String(seed),
    'stationmaster.baselineImages': String(baselineImages),
  })
}

function meanPatch(g: GraphBuilder, patches: Value, grid: CellGrid): Value {
  const order = blockOrder(grid)
  const share = 1 / visibleCells(grid).length
  const weights = g.floats(order.map((cell) => (grid.isVisible[cell] ? share : 0)), [1, order.length])
  return matMul(g, weights, reshape(g, patches, [order.length, patchLength]))
}

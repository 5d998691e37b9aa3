import { cellsPerBlock, type CellGrid } from './cellGrid.ts'
import type { FeatureSource } from './featureSource.ts'
import { GraphBuilder, type Value } from './onnx/graphBuilder.ts'
import { boxMean, convolve, reshape, transpose } from './onnx/operators.ts'
import type { Whitening } from './whitening.ts'

export const cropInput = (g: GraphBuilder, source: FeatureSource, grid: CellGrid): Value => g.input('crop', 'uint8', source.cropShape(grid))

/** Crop → `responses` [cells, responseCount], row by row, each the mean of its 3×3 neighbourhood: what whitening is fitted on. */
export function responseGraph(source: FeatureSource, grid: CellGrid): Uint8Array {
  const g = new GraphBuilder('responses')
  const responses = boxMean(g, source.respond(g, cropInput(g, source, grid), grid))
  g.output('responses', transpose(g, reshape(g, responses, [source.responseCount, grid.width * grid.height]), [1, 0]))
  return source.finish(g.build())
}

/** Crop → `patches` [blocks, 4, patchLength]. */
export function patchGraph(source: FeatureSource, grid: CellGrid, whitening: Whitening): Uint8Array {
  const g = new GraphBuilder('patches')
  g.output('patches', whitenedPatches(g, source, cropInput(g, source, grid), grid, whitening))
  return source.finish(g.build())
}

/** Whitening comes before the 3×3 mean: both are linear, and there are fewer channels to average. */
export function whitenedPatches(g: GraphBuilder, source: FeatureSource, crop: Value, grid: CellGrid, { weights, offset }: Whitening): Value {
  const { width, height } = grid
  const patchLength = weights.length
  const responses = source.respond(g, crop, grid)
  const matrix = g.floats(weights.flatMap((row) => Array.from(row)), [patchLength, source.responseCount, 1, 1])
  const whitened = boxMean(g, convolve(g, responses, matrix, { bias: g.floats(offset, [patchLength]) }))
  const squares = transpose(g, reshape(g, whitened, [patchLength, height / 2, 2, width / 2, 2]), [1, 3, 2, 4, 0])
  return reshape(g, squares, [(width * height) / cellsPerBlock, cellsPerBlock, patchLength])
}

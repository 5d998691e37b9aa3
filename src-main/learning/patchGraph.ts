import { cellPx, cellsPerBlock, type CellGrid } from './cellGrid.ts'
import { normaliseContrast } from './contrastNormalisation.ts'
import { filterBank, responseCount } from './filterBank.ts'
import { GraphBuilder, type Value } from './onnx/graphBuilder.ts'
import { boxMean, convolve, reshape, transpose } from './onnx/operators.ts'
import { patchLength, type Whitening } from './whitening.ts'

/** Names the mathematics from crop to responses; a change to it gets a new name. */
export const featuresId = 'filterBank-1'

export const cropInput = (g: GraphBuilder, { width, height }: CellGrid): Value => g.input('crop', 'uint8', [1, height * cellPx, width * cellPx, 3])

/** Crop → `responses` [cells, responseCount], row by row, each the mean of its 3×3 neighbourhood: what whitening is fitted on. */
export function responseGraph(grid: CellGrid): Uint8Array {
  const g = new GraphBuilder('responses')
  const cells = grid.width * grid.height
  const responses = boxMean(g, filterBank(g, normaliseContrast(g, cropInput(g, grid))))
  g.output('responses', transpose(g, reshape(g, responses, [responseCount, cells]), [1, 0]))
  return g.build()
}

/** Crop → `patches` [blocks, 4, patchLength]. */
export function patchGraph(grid: CellGrid, whitening: Whitening): Uint8Array {
  const g = new GraphBuilder('patches')
  g.output('patches', whitenedPatches(g, cropInput(g, grid), grid, whitening))
  return g.build()
}

/** Whitening comes before the 3×3 mean: both are linear, and there are fewer channels to average. */
export function whitenedPatches(g: GraphBuilder, crop: Value, { width, height }: CellGrid, { weights, offset }: Whitening): Value {
  const responses = filterBank(g, normaliseContrast(g, crop))
  const matrix = g.floats(weights.flatMap((row) => Array.from(row)), [patchLength, responseCount, 1, 1])
  const whitened = boxMean(g, convolve(g, responses, matrix, { bias: g.floats(offset, [patchLength]) }))
  const squares = transpose(g, reshape(g, whitened, [patchLength, height / 2, 2, width / 2, 2]), [1, 3, 2, 4, 0])
  return reshape(g, squares, [(width * height) / cellsPerBlock, cellsPerBlock, patchLength])
}

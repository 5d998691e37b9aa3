import { cellsPerBlock, visibleCells, type CellGrid } from './cellGrid.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { combine, convolve, gather, largest, lengthOf, matMul, padReflected, reduceMean, reshape, slice, transpose } from './onnx/operators.ts'
import { patchLength } from './whitening.ts'

/** The score is the mean over this many hottest cells. */
export const hottestCells = 5
const smoothingTaps = 9
const smoothingSigma = 1

/** Gaussians as values of a graph: constants of a sealed model, inputs while folds are tried. */
export interface GaussianValues {
  /** [blocks, 4, patchLength] */
  readonly means: Value
  /** [blocks, patchLength, patchLength] */
  readonly factors: Value
}

export interface AnomalyValues {
  /** [1] */
  readonly score: Value
  /** [1, 1, h, w], in the unit of the score; hidden cells are 0. */
  readonly heatmap: Value
  /** int64 [1, 5]: the hottest cells, row by row. */
  readonly nearest: Value
}

/**
 * From whitened patches [blocks, 4, patchLength] to the score: Mahalanobis distances, less their own median over the visible cells,
 * smoothed (Gaussian σ 1 cell, 9 taps, mirrored), mean of the five hottest visible cells. Hidden cells count as 0 in the smoothing.
 */
export function anomalyScore(g: GraphBuilder, patches: Value, gaussians: GaussianValues, grid: CellGrid): AnomalyValues {
  const { width, height, isVisible } = grid
  const cells = width * height
  const visible = g.integers(visibleCells(grid))
  const shown = g.floats(isVisible.map(Number), [1, 1, height, width])
  const distances = distanceMap(g, patches, gaussians, grid)
  const median = medianOf(g, gather(g, reshape(g, distances, [cells]), visible))
  const excess = combine(g, 'Mul', combine(g, 'Sub', distances, median), shown)
  const heatmap = combine(g, 'Mul', smooth(g, excess), shown)
  const hottest = largest(g, gather(g, reshape(g, heatmap, [cells]), visible), hottestCells)
  return {
    score: reduceMean(g, hottest.values, [0]),
    heatmap,
    nearest: reshape(g, gather(g, visible, hottest.places), [1, hottestCells]),
  }
}

function distanceMap(g: GraphBuilder, patches: Value, { means, factors }: GaussianValues, { width, height }: CellGrid): Value {
  const distances = lengthOf(g, matMul(g, combine(g, 'Sub', patches, means), factors))
  const squares = reshape(g, distances, [height / 2, width / 2, 2, 2])
  return reshape(g, transpose(g, squares, [0, 2, 1, 3]), [1, 1, height, width])
}

/** Mean of the two middle values where the count is even. */
function medianOf(g: GraphBuilder, values: Value): Value {
  const count = values.shape[0]!
  const half = Math.floor(count / 2)
  const upper = largest(g, values, half + 1).values
  return reduceMean(g, slice(g, upper, 0, count % 2 === 0 ? half - 1 : half, half + 1), [0])
}

function smooth(g: GraphBuilder, map: Value): Value {
  const reach = (smoothingTaps - 1) / 2
  const taps = Array.from({ length: smoothingTaps }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * smoothingSigma ** 2)))
  const sum = taps.reduce((total, tap) => total + tap, 0)
  const weights = taps.map((tap) => tap / sum)
  const rows = convolve(g, padReflected(g, map, reach), g.floats(weights, [1, 1, 1, smoothingTaps]))
  return convolve(g, rows, g.floats(weights, [1, 1, smoothingTaps, 1]))
}

export const gaussianShapes = ({ width, height }: CellGrid): { readonly means: readonly number[]; readonly factors: readonly number[] } => {
  const blocks = (width * height) / cellsPerBlock
  return { means: [blocks, cellsPerBlock, patchLength], factors: [blocks, patchLength, patchLength] }
}

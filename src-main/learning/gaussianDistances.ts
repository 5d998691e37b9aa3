import { patchShape, type CellGrid } from './cellGrid.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { combine, lengthOf, matMul, reshape, transpose } from './onnx/operators.ts'

/** Gaussians as values of a graph: constants of a sealed model, inputs while folds are tried. */
export interface GaussianValues {
  /** [blocks, 4, patchLength] */
  readonly means: Value
  /** [blocks, patchLength, patchLength] */
  readonly factors: Value
}

export function gaussianShapes(grid: CellGrid, patchLength: number): { readonly means: readonly number[]; readonly factors: readonly number[] } {
  const means = patchShape(grid, patchLength)
  return { means, factors: [means[0], patchLength, patchLength] }
}

/** Whitened patches [blocks, 4, patchLength] in the units of their places: less the mean, times the factor. Their lengths are Mahalanobis distances. */
export const placeNormalised = (g: GraphBuilder, patches: Value, { means, factors }: GaussianValues): Value =>
  matMul(g, combine(g, 'Sub', patches, means), factors)

/** Mahalanobis distances [1, 1, h, w] of whitened patches [blocks, 4, patchLength]. */
export function gaussianDistances(g: GraphBuilder, patches: Value, gaussians: GaussianValues, { width, height }: CellGrid): Value {
  const distances = lengthOf(g, placeNormalised(g, patches, gaussians))
  const squares = reshape(g, distances, [height / 2, width / 2, 2, 2])
  return reshape(g, transpose(g, squares, [0, 2, 1, 3]), [1, 1, height, width])
}

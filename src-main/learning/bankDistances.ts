import type { CellGrid } from './cellGrid.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { apply, combine, gatherRows, leastOf, matMul, placeOfLeast, reshape, scale, squareOf, sumOf, transpose } from './onnx/operators.ts'

/** A memory bank as values of a graph. */
export interface BankValues {
  /** [patchLength, rows]: the normal patches, one a column. */
  readonly patches: Value
  /** [1, rows]: their squared lengths. */
  readonly squares: Value
}

export interface BankDistances {
  /** [1, 1, h, w]: of each cell, to the nearest row of the bank. */
  readonly distances: Value
  /** int64 [count]: the nearest row of each of `cells` (int64 [count], row by row). */
  nearestTo(cells: Value): Value
}

/** Euclidean distances of whitened patches [blocks, 4, patchLength] to a bank: ‖z − b‖² = ‖z‖² + (‖b‖² − 2·z·b), so that it is one product of matrices. */
export function bankDistances(g: GraphBuilder, patches: Value, bank: BankValues, { width, height }: CellGrid): BankDistances {
  const patchLength = patches.shape.at(-1)!
  const cells = width * height
  const squares = reshape(g, patches, [height / 2, width / 2, 2, 2, patchLength])
  const rows = reshape(g, transpose(g, squares, [0, 2, 1, 3, 4]), [cells, patchLength])
  const toBank = combine(g, 'Add', matMul(g, scale(g, rows, -2), bank.patches), bank.squares)
  const nearest = combine(g, 'Add', leastOf(g, toBank), sumOf(g, squareOf(g, rows)))
  // Rounding can leave a patch that is in the bank a little under zero.
  const distances = apply(g, 'Sqrt', apply(g, 'Relu', nearest))
  return {
    distances: reshape(g, distances, [1, 1, height, width]),
    nearestTo: (hottest) => placeOfLeast(g, gatherRows(g, toBank, hottest)),
  }
}

import { boundsOf, contains } from '../domain/geometry.ts'
import type { RegionToLearn } from '../ports/learner.ts'

/** Edge of a feature cell in pixels of the crop. */
export const cellPx = 8

/** Cells that share one covariance form a square of 2×2. */
export const cellsPerBlock = 4

/** A crop's patches in block order: [blocks, 4, patchLength]. */
export const patchShape = ({ width, height }: CellGrid, patchLength: number): readonly [number, number, number] => [(width * height) / cellsPerBlock, cellsPerBlock, patchLength]

/** The cells of a region's crop and which of them are looked at, row by row. */
export interface CellGrid {
  readonly width: number
  readonly height: number
  readonly isVisible: readonly boolean[]
}

/** A cell is looked at when its centre lies inside the region's shape and in none of its masks. The shape lies inside the image. */
export const cellGridOf = (region: Pick<RegionToLearn, 'shape' | 'masks' | 'inputWidthPx' | 'inputHeightPx'>): CellGrid => layGrid(region, region.inputWidthPx / cellPx, region.inputHeightPx / cellPx)

/** The same for features whose cells are not of `cellPx`. */
export function layGrid({ shape, masks }: Pick<RegionToLearn, 'shape' | 'masks'>, width: number, height: number): CellGrid {
  const bounds = boundsOf(shape, Infinity, Infinity)
  const isVisible = Array.from({ length: width * height }, (_, cell) => {
    const x = bounds.left + (((cell % width) + 0.5) * bounds.width) / width
    const y = bounds.top + ((Math.floor(cell / width) + 0.5) * bounds.height) / height
    return contains(shape, { x, y }) && !masks.some((mask) => contains(mask, { x, y }))
  })
  return { width, height, isVisible }
}

export const visibleCells = ({ isVisible }: CellGrid): readonly number[] => isVisible.flatMap((visible, cell) => (visible ? [cell] : []))

/** Cells in the order of their blocks: the four cells of a block stand together. Entry i is the cell (row by row) of place i. */
export function blockOrder({ width, height }: CellGrid): readonly number[] {
  const order: number[] = []
  for (let top = 0; top < height; top += 2)
    for (let left = 0; left < width; left += 2)
      for (const [down, right] of [[0, 0], [0, 1], [1, 0], [1, 1]] as const) order.push((top + down) * width + left + right)
  return order
}

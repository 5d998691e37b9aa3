import { patchStep } from '../domain/modelCard.ts'

/** A place in the map of a baseline image, by the image's number, and how far its patch lies from the one asked about. */
export interface NearPatch {
  readonly image: number
  readonly x: number
  readonly y: number
  readonly distance: number
}

export interface PatchRow {
  readonly y: number
  /** int8 [width, images, length], in steps of `patchStep`. */
  readonly patches: Int8Array
  readonly width: number
}

/**
 * The nearest patch of each image in one row of the map, and only if it is nearer than what `best` holds of the image: Euclidean, in the
 * space in which the model measures. `onlyX` leaves one cell of the row.
 */
export function nearestInRow(patch: Float32Array, { y, patches, width }: PatchRow, best: Map<number, NearPatch>, onlyX?: number): void {
  const { length } = patch
  const images = patches.length / (width * length)
  for (let x = onlyX ?? 0; x <= (onlyX ?? width - 1); x++)
    for (let image = 0; image < images; image++) {
      const start = (x * images + image) * length
      const limit = (best.get(image)?.distance ?? Infinity) ** 2
      let square = 0
      for (let i = 0; i < length && square < limit; i++) square += (patch[i]! - patches[start + i]! * patchStep) ** 2
      if (square < limit) best.set(image, { image, x, y, distance: Math.sqrt(square) })
    }
}

export const nearestOf = (best: ReadonlyMap<number, NearPatch>, count: number): readonly NearPatch[] =>
  [...best.values()].sort((a, b) => a.distance - b.distance || a.image - b.image).slice(0, count)

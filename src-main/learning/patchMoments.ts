import { cellsPerBlock } from './cellGrid.ts'

/** Numbers in one triangle of a symmetric patchLength × patchLength matrix, row by row. */
export const triangleLength = (patchLength: number): number => (patchLength * (patchLength + 1)) / 2

/**
 * Sums over images of whitened patches, in block order. They are additive: the moments of all folds but one are those of the others
 * added up, and no image is looked at again.
 */
export interface PatchMoments {
  readonly patchLength: number
  images: number
  /** [places, patchLength]: Σ z. */
  readonly sums: Float64Array
  /** [blocks, triangleLength]: Σ z zᵀ over the visible cells of each block, lower triangles. */
  readonly products: Float64Array
}

export const noMoments = (places: number, patchLength: number): PatchMoments => ({
  patchLength,
  images: 0,
  sums: new Float64Array(places * patchLength),
  products: new Float64Array((places / cellsPerBlock) * triangleLength(patchLength)),
})

/** Adds one image's patches [places, patchLength]. */
export function addPatches(moments: PatchMoments, patches: Float32Array, isVisible: readonly boolean[]): void {
  const { patchLength, products } = moments
  moments.images += 1
  for (let i = 0; i < patches.length; i++) moments.sums[i] = moments.sums[i]! + patches[i]!
  for (let place = 0; place < isVisible.length; place++)
    if (isVisible[place]) addProducts(products, Math.floor(place / cellsPerBlock) * triangleLength(patchLength), patches.subarray(place * patchLength, (place + 1) * patchLength))
}

function addProducts(products: Float64Array, offset: number, patch: Float32Array): void {
  for (let i = 0, k = offset; i < patch.length; i++) {
    const value = patch[i]!
    for (let j = 0; j <= i; j++, k++) products[k] = products[k]! + value * patch[j]!
  }
}

export function combineMoments(parts: readonly PatchMoments[]): PatchMoments {
  const [{ sums, patchLength }] = parts as [PatchMoments]
  const total = noMoments(sums.length / patchLength, patchLength)
  for (const part of parts) {
    total.images += part.images
    addTo(total.sums, part.sums)
    addTo(total.products, part.products)
  }
  return total
}

function addTo(target: Float64Array, part: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + part[i]!
}

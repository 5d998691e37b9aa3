import { blockOrder, cellsPerBlock, type CellGrid } from './cellGrid.ts'
import { triangleLength, type PatchMoments } from './patchMoments.ts'

/** What a block's own covariance is blended with counts as this many images: many images soon outweigh it, few are steadied by it. */
const priorImages = 3
/** Share of the identity in what is blended in, so that a direction in which nothing varied is not looked at without end. */
const leastVariation = 0.02

/**
 * A Gaussian per place (Defard et al., PaDiM, 2020), regularised for few images: the mean is that of the 3×3 neighbourhood, the
 * covariance is shared by a block of 2×2 cells and blended with how patches vary at their places anywhere on the part. All in block
 * order, ready to be sealed.
 */
export interface Gaussians {
  /** [places, patchLength] */
  readonly means: Float32Array
  /**
   * [blocks, patchLength, patchLength]: (L⁻¹)ᵀ; ‖(z − mean)·factor‖ is the distance. L is the Cholesky factor of
   * (n·C + 3·P) / (n + 3) with n images, the block's covariance C and the prior P = 0.98·(mean of C over the visible cells) + 0.02·I.
   */
  readonly factors: Float32Array
}

/** Hidden cells have no part in any mean or covariance; a block without a visible cell keeps C = 0. */
export function fitGaussians(moments: PatchMoments, grid: CellGrid): Gaussians {
  const { patchLength, images } = moments
  const order = blockOrder(grid)
  const ownMeans = moments.sums.map((sum) => sum / images)
  const means = neighbourhoodMeans(ownMeans, patchLength, grid, order)
  const blocks = order.length / cellsPerBlock
  const covariances = blockCovariances(moments, ownMeans, means, order, grid)
  const prior = priorOf(covariances, order, grid, patchLength)
  const factors = new Float32Array(blocks * patchLength * patchLength)
  for (let block = 0; block < blocks; block++) {
    const triangle = covariances.subarray(block * prior.length, (block + 1) * prior.length)
    for (let k = 0; k < prior.length; k++) triangle[k] = (images * triangle[k]! + priorImages * prior[k]!) / (images + priorImages)
    choleskyInPlace(triangle, patchLength)
    writeInverseTransposed(triangle, patchLength, factors, block * patchLength * patchLength)
  }
  return { means: Float32Array.from(means), factors }
}

/** Writes a patch of a place in that place's units: (patch − mean) · factor. */
export function normalisePatch({ means, factors }: Gaussians, patch: Float32Array, place: number, target: Float32Array): void {
  const length = patch.length
  const factor = Math.floor(place / cellsPerBlock) * length * length
  target.fill(0)
  for (let i = 0; i < length; i++) {
    const difference = patch[i]! - means[place * length + i]!
    // (L⁻¹)ᵀ is an upper triangle.
    for (let j = i; j < length; j++) target[j] = target[j]! + difference * factors[factor + i * length + j]!
  }
}

/** P as a lower triangle: how patches vary between images at one place, the mean over the visible cells, and a little of everything. */
function priorOf(covariances: Float64Array, order: readonly number[], { isVisible }: CellGrid, patchLength: number): Float64Array {
  const prior = new Float64Array(triangleLength(patchLength))
  const places = order.flatMap((cell, place) => (isVisible[cell] ? [place] : []))
  for (const place of places) {
    const start = Math.floor(place / cellsPerBlock) * prior.length
    for (let k = 0; k < prior.length; k++) prior[k] = prior[k]! + covariances[start + k]! / places.length
  }
  for (let i = 0, k = 0; i < patchLength; i++)
    for (let j = 0; j <= i; j++, k++) prior[k] = (1 - leastVariation) * prior[k]! + (i === j ? leastVariation : 0)
  return prior
}

function neighbourhoodMeans(ownMeans: Float64Array, patchLength: number, { width, height, isVisible }: CellGrid, order: readonly number[]): Float64Array {
  const placeOf = new Map(order.map((cell, place) => [cell, place]))
  const means = new Float64Array(ownMeans.length)
  for (const [place, cell] of order.entries()) {
    const [x, y] = [cell % width, Math.floor(cell / width)]
    const near: number[] = []
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++)
        if (isVisible[ny * width + nx]) near.push(placeOf.get(ny * width + nx)!)
    for (const neighbour of near)
      for (let i = 0; i < patchLength; i++) means[place * patchLength + i]! += ownMeans[neighbour * patchLength + i]! / near.length
  }
  return means
}

/** [blocks, triangleLength]: lower triangles of the mean of (z − μ)(z − μ)ᵀ over each block's visible cells. */
function blockCovariances(moments: PatchMoments, ownMeans: Float64Array, means: Float64Array, order: readonly number[], grid: CellGrid): Float64Array {
  const covariances = new Float64Array(moments.products.length)
  const length = triangleLength(moments.patchLength)
  for (let block = 0; block < covariances.length / length; block++)
    blockCovariance(covariances.subarray(block * length, (block + 1) * length), block, moments, ownMeans, means, order, grid)
  return covariances
}

/** From E[z zᵀ] and the two means. */
function blockCovariance(triangle: Float64Array, block: number, moments: PatchMoments, ownMeans: Float64Array, means: Float64Array, order: readonly number[], grid: CellGrid): void {
  const places = Array.from({ length: cellsPerBlock }, (_, i) => block * cellsPerBlock + i).filter((place) => grid.isVisible[order[place]!])
  if (places.length === 0) return
  const { patchLength } = moments
  const offset = block * triangle.length
  for (let k = 0; k < triangle.length; k++) triangle[k] = moments.products[offset + k]! / (moments.images * places.length)
  for (const place of places) {
    const start = place * patchLength
    for (let i = 0, k = 0; i < patchLength; i++)
      for (let j = 0; j <= i; j++, k++) {
        const [mi, mj, oi, oj] = [means[start + i]!, means[start + j]!, ownMeans[start + i]!, ownMeans[start + j]!]
        triangle[k] = triangle[k]! - (mi * oj + oi * mj - mi * mj) / places.length
      }
  }
}

const rowStart = (row: number): number => (row * (row + 1)) / 2

/** Overwrites a symmetric positive definite matrix with its factor L, both as lower triangles. */
function choleskyInPlace(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const rowI = rowStart(i)
    for (let j = 0; j <= i; j++) {
      const rowJ = rowStart(j)
      let sum = a[rowI + j]!
      for (let k = 0; k < j; k++) sum -= a[rowI + k]! * a[rowJ + k]!
      a[rowI + j] = i === j ? Math.sqrt(sum) : sum / a[rowJ + j]!
    }
  }
}

/** Solves L·X = I column by column and writes Xᵀ: column c of the inverse is row c of the result. */
function writeInverseTransposed(lower: Float64Array, size: number, target: Float32Array, offset: number): void {
  const column = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    for (let i = c; i < size; i++) {
      const row = rowStart(i)
      let sum = i === c ? 1 : 0
      for (let k = c; k < i; k++) sum -= lower[row + k]! * column[k]!
      column[i] = sum / lower[row + i]!
      target[offset + c * size + i] = column[i]!
    }
  }
}

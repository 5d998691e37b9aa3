import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Added to each eigenvalue as a share of their mean, so that directions of pure noise are not blown up. */
const ridge = 1e-3

/** z = responses · weights + offset. */
export interface Whitening {
  /** [patchLength][responses] */
  readonly weights: readonly Float64Array[]
  readonly offset: Float64Array
}

/** Sums over rows of responses, filled row by row so that no row has to be kept. */
export interface ResponseMoments {
  rows: number
  readonly sums: Float64Array
  /** [n][n], lower triangle: Σ r rᵀ. */
  readonly products: readonly Float64Array[]
}

export const noResponses = (length: number): ResponseMoments => ({
  rows: 0,
  sums: new Float64Array(length),
  products: Array.from({ length }, (_, i) => new Float64Array(i + 1)),
})

/** Adds the row that begins at `start`. */
export function addResponses(moments: ResponseMoments, responses: Float32Array, start: number): void {
  moments.rows += 1
  for (const [i, products] of moments.products.entries()) {
    const value = responses[start + i]!
    moments.sums[i] = moments.sums[i]! + value
    for (let j = 0; j <= i; j++) products[j] = products[j]! + value * responses[start + j]!
  }
}

function covarianceOf({ rows, sums, products }: ResponseMoments): Matrix {
  const covariance = Matrix.zeros(sums.length, sums.length)
  for (const [i, row] of products.entries())
    for (let j = 0; j <= i; j++) {
      const value = row[j]! / rows - (sums[i]! / rows) * (sums[j]! / rows)
      covariance.set(i, j, value).set(j, i, value)
    }
  return covariance
}

/**
 * The patchLength directions of largest variance of the channels c = channels · responses, each scaled to unit variance:
 * W = V·diag(1/√(λ + 1e-3·mean λ)). Written in terms of the responses, so the channels themselves need not be computed.
 * Undefined when the patches hardly differ: there is nothing to learn from.
 */
export function fitWhitening(moments: ResponseMoments, channels: readonly Float64Array[], patchLength: number): Whitening | undefined {
  const mix = new Matrix(channels.map((row) => Array.from(row)))
  const channelCovariance = mix.mmul(covarianceOf(moments)).mmul(mix.transpose())
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(channelCovariance, { assumeSymmetric: true })
  const meanVariance = channelCovariance.trace() / channels.length
  if (!(meanVariance > leastVariance)) return undefined
  const weights = largestFirst(realEigenvalues).slice(0, patchLength).map((place) => {
    const direction = new Matrix([eigenvectorMatrix.getColumn(place)]).mmul(mix).getRow(0)
    const size = 1 / Math.sqrt(Math.max(realEigenvalues[place]!, 0) + ridge * meanVariance)
    const sign = Math.sign(direction.reduce((extreme, weight) => (Math.abs(weight) > Math.abs(extreme) ? weight : extreme)))
    return Float64Array.from(direction, (weight) => weight * size * sign)
  })
  return { weights, offset: Float64Array.from(weights, (row) => -row.reduce((sum, weight, i) => sum + weight * moments.sums[i]!, 0) / moments.rows) }
}

/** Channels are in units of normalised contrast (about 0.1); below this there is only rounding. */
const leastVariance = 1e-10

const largestFirst = (values: readonly number[]): number[] => values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!)

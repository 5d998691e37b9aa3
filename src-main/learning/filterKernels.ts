export const orientations = 6
export const kernelTaps = 9

/** One kernel of kernelTaps × kernelTaps weights, row by row. */
export type Kernel = readonly number[]

export interface FilterKernels {
  /** First derivatives across an elongated Gaussian, one per orientation (k·30°). */
  readonly odd: readonly Kernel[]
  /** Second derivatives of the same, without response to a flat area. */
  readonly even: readonly Kernel[]
  /** Laplacian of a Gaussian, σ 1.4. */
  readonly spot: Kernel
}

const radius = (kernelTaps - 1) / 2
const sigma = 1.25
const elongation = 1.7
const spotSigma = 1.4

/** Steerable derivative filters (Freeman & Adelson, 1991), constructed, not trained; each has an absolute sum of 1. */
export function filterKernels(): FilterKernels {
  const angles = Array.from({ length: orientations }, (_, k) => (Math.PI * k) / orientations)
  const across = (angle: number, x: number, y: number): number => x * Math.cos(angle) + y * Math.sin(angle)
  const along = (angle: number, x: number, y: number): number => -x * Math.sin(angle) + y * Math.cos(angle)
  const envelope = (angle: number, x: number, y: number): number =>
    Math.exp(-(across(angle, x, y) ** 2) / (2 * sigma ** 2) - along(angle, x, y) ** 2 / (2 * (elongation * sigma) ** 2))
  const roundness = (x: number, y: number): number => (x * x + y * y) / (2 * spotSigma ** 2)
  return {
    odd: angles.map((angle) => unitSum(sample((x, y) => across(angle, x, y) * envelope(angle, x, y)))),
    even: angles.map((angle) => unitSum(withoutMean(sample((x, y) => (across(angle, x, y) ** 2 / sigma ** 2 - 1) * envelope(angle, x, y))))),
    spot: unitSum(withoutMean(sample((x, y) => (roundness(x, y) - 1) * Math.exp(-roundness(x, y))))),
  }
}

function sample(weight: (x: number, y: number) => number): Kernel {
  return Array.from({ length: kernelTaps ** 2 }, (_, i) => weight((i % kernelTaps) - radius, Math.floor(i / kernelTaps) - radius))
}

function withoutMean(kernel: Kernel): Kernel {
  const mean = kernel.reduce((sum, weight) => sum + weight, 0) / kernel.length
  return kernel.map((weight) => weight - mean)
}

function unitSum(kernel: Kernel): Kernel {
  const sum = kernel.reduce((total, weight) => total + Math.abs(weight), 0)
  return kernel.map((weight) => weight / sum)
}

import type { FrameQuality, PixelImage } from '../domain/frame.ts'
import { fingerprintPixels } from './fingerprintPixels.ts'

const histogramBins = 64

/**
 * Measures the whole frame on G = mean of its channels, 0–255: focus (variance of the 4-neighbour Laplacian over the pixels that
 * have all four neighbours; Pech-Pacheco et al., 2000), mean, clipped share, histogram, and the fingerprint of all samples.
 * Works on the exact sum of the channels; divisions come last.
 */
export function measureFrame(image: PixelImage): FrameQuality {
  const counts = new Uint32Array(255 * image.channels + 1)
  const focus = scanRows(image, counts) / image.channels ** 2
  const pixels = image.widthPx * image.heightPx
  const histogram = new Array<number>(histogramBins).fill(0)
  const levelsPerBin = (256 / histogramBins) * image.channels
  let total = 0
  for (let sum = 0; sum < counts.length; sum++) {
    total += sum * counts[sum]!
    histogram[Math.floor(sum / levelsPerBin)]! += counts[sum]!
  }
  return {
    focus,
    meanLevel: pixels === 0 ? 0 : total / (pixels * image.channels),
    clippedFraction: pixels === 0 ? 0 : (counts[0]! + counts.at(-1)!) / pixels,
    histogram,
    fingerprint: fingerprintPixels(image),
  }
}

/** Counts every pixel's sum of channels and gives the variance of the Laplacian of those sums; three rows are held at a time. */
function scanRows(image: PixelImage, counts: Uint32Array): number {
  const { widthPx, heightPx } = image
  const laplacian = { sum: 0, squares: 0 }
  let above = new Int32Array(widthPx)
  let row = new Int32Array(widthPx)
  let below = new Int32Array(widthPx)
  for (let y = 0; y < heightPx; y++) {
    sumChannels(image, y, below, counts)
    if (y >= 2) addLaplacian(above, row, below, laplacian)
    ;[above, row, below] = [row, below, above]
  }
  const n = Math.max(0, widthPx - 2) * Math.max(0, heightPx - 2)
  return n === 0 ? 0 : laplacian.squares / n - (laplacian.sum / n) ** 2
}

function addLaplacian(above: Int32Array, row: Int32Array, below: Int32Array, total: { sum: number; squares: number }): void {
  let sum = 0
  let squares = 0
  let left = row[0]!
  let here = row[1]!
  for (let x = 1; x < row.length - 1; x++) {
    const right = row[x + 1]!
    const laplacian = (above[x]! + below[x]! + left + right - 4 * here) | 0
    sum = (sum + laplacian) | 0
    squares += Math.imul(laplacian, laplacian)
    left = here
    here = right
  }
  total.sum += sum
  total.squares += squares
}

function sumChannels({ data, widthPx, channels }: PixelImage, y: number, row: Int32Array, counts: Uint32Array): void {
  let at = y * widthPx * channels
  if (channels === 1)
    for (let x = 0; x < widthPx; x++) {
      const level = data[at++]!
      row[x] = level
      counts[level]!++
    }
  else
    for (let x = 0; x < widthPx; x++, at += 3) {
      const level = data[at]! + data[at + 1]! + data[at + 2]!
      row[x] = level
      counts[level]!++
    }
}

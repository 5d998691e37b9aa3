import type { FrameQuality, PixelImage } from '../domain/frame.ts'
import { fingerprintPixels } from './fingerprintPixels.ts'

const histogramBins = 64
/** Rows are looked at in bands of 16; their number keeps to about 150,000 pixels, which settles every figure here. */
const bandRows = 16
const pixelsLookedAt = 150_000

/**
 * Measures the frame on G = mean of its channels, 0–255: focus (variance of the 4-neighbour Laplacian over the pixels that
 * have all four neighbours; Pech-Pacheco et al., 2000), mean, clipped share, histogram, and the fingerprint of all samples. A frame of
 * more than 150,000 pixels is looked at in bands spread evenly from top to bottom. Works on the exact sum of the channels.
 */
export function measureFrame(image: PixelImage): FrameQuality {
  const counts = new Uint32Array(255 * image.channels + 1)
  const total = { sum: 0, squares: 0, count: 0 }
  for (const [from, to] of bandsOf(image)) scanRows(image, from, to, counts, total)
  const focus = total.count === 0 ? 0 : (total.squares / total.count - (total.sum / total.count) ** 2) / image.channels ** 2
  const pixels = counts.reduce((sum, count) => sum + count, 0)
  const histogram = new Array<number>(histogramBins).fill(0)
  const levelsPerBin = (256 / histogramBins) * image.channels
  let levels = 0
  for (let sum = 0; sum < counts.length; sum++) {
    levels += sum * counts[sum]!
    histogram[Math.floor(sum / levelsPerBin)]! += counts[sum]!
  }
  return {
    focus,
    meanLevel: pixels === 0 ? 0 : levels / (pixels * image.channels),
    clippedFraction: pixels === 0 ? 0 : (counts[0]! + counts.at(-1)!) / pixels,
    histogram,
    fingerprint: fingerprintPixels(image),
  }
}

/** First and last row (exclusive) of each band; one band of all rows when the frame is small. */
function bandsOf({ widthPx, heightPx }: PixelImage): readonly (readonly [number, number])[] {
  const bands = Math.max(1, Math.floor(pixelsLookedAt / (widthPx * bandRows)))
  if (bands * bandRows >= heightPx) return [[0, heightPx]]
  const step = (heightPx - bandRows) / Math.max(1, bands - 1)
  return Array.from({ length: bands }, (_, band) => {
    const from = Math.floor(band * step)
    return [from, from + bandRows]
  })
}

interface LaplacianTotal {
  sum: number
  squares: number
  count: number
}

/** Counts every pixel's sum of channels and adds up the Laplacian of those sums; three rows are held at a time. */
function scanRows(image: PixelImage, from: number, to: number, counts: Uint32Array, total: LaplacianTotal): void {
  const { widthPx } = image
  let above = new Int32Array(widthPx)
  let row = new Int32Array(widthPx)
  let below = new Int32Array(widthPx)
  for (let y = from; y < to; y++) {
    sumChannels(image, y, below, counts)
    if (y >= from + 2) addLaplacian(above, row, below, total)
    ;[above, row, below] = [row, below, above]
  }
}

function addLaplacian(above: Int32Array, row: Int32Array, below: Int32Array, total: LaplacianTotal): void {
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
  total.count += Math.max(0, row.length - 2)
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

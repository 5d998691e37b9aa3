import type { FrameQuality, PixelImage } from '../domain/frame.ts'
import { fingerprintPixels } from './fingerprintPixels.ts'

const histogramBins = 64
/** About so many pixels settle every figure here; of a larger frame every n-th row is looked at. */
const pixelsLookedAt = 60_000

/**
 * Measures the frame on G = mean of its channels, 0–255: focus (variance of the 4-neighbour Laplacian over the pixels that
 * have all four neighbours; Pech-Pacheco et al., 2000), mean, clipped share, histogram, and the fingerprint of all samples. A frame of
 * more than 60,000 pixels is measured on every n-th row, from top to bottom. Works on the exact sum of the channels.
 */
export function measureFrame(image: PixelImage): FrameQuality {
  const counts = new Uint32Array(255 * image.channels + 1)
  const total = { sum: 0, squares: 0, count: 0 }
  scanRows(image, counts, total)
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

interface LaplacianTotal {
  sum: number
  squares: number
  count: number
}

/** Counts the sums of channels of every n-th row and adds up the Laplacian there; a row's neighbours are summed, but not counted. */
function scanRows(image: PixelImage, counts: Uint32Array, total: LaplacianTotal): void {
  const { widthPx, heightPx } = image
  const every = Math.max(1, Math.round((widthPx * heightPx) / pixelsLookedAt))
  const rows = new Map<number, Int32Array>()
  const sumsOf = (y: number): Int32Array => {
    const known = rows.get(y)
    if (known) return known
    const row = rows.size < 3 ? new Int32Array(widthPx) : recycleOldest(rows)
    sumChannels(image, y, row)
    rows.set(y, row)
    return row
  }
  for (let y = every >> 1; y < heightPx; y += every) {
    const above = y > 0 ? sumsOf(y - 1) : undefined
    const row = sumsOf(y)
    countLevels(row, counts)
    if (above && y < heightPx - 1) addLaplacian(above, row, sumsOf(y + 1), total)
  }
}

function recycleOldest(rows: Map<number, Int32Array>): Int32Array {
  const [oldest, row] = rows.entries().next().value!
  rows.delete(oldest)
  return row
}

function countLevels(row: Int32Array, counts: Uint32Array): void {
  for (let x = 0; x < row.length; x++) counts[row[x]!]!++
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

function sumChannels({ data, widthPx, channels }: PixelImage, y: number, row: Int32Array): void {
  let at = y * widthPx * channels
  if (channels === 1) for (let x = 0; x < widthPx; x++) row[x] = data[at++]!
  else for (let x = 0; x < widthPx; x++, at += 3) row[x] = data[at]! + data[at + 1]! + data[at + 2]!
}

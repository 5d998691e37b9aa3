import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'

/**
 * Brings the pixels of a bounding box to `widthPx`×`heightPx`: area average along an axis that shrinks, bilinear along one that
 * grows, plain rows where the size is kept. Gives uint8 [heightPx, widthPx, channels].
 */
export function resampleImage(image: PixelImage, bounds: Bounds, widthPx: number, heightPx: number): Uint8Array {
  const { channels } = image
  const rowLength = widthPx * channels
  const result = new Uint8Array(heightPx * rowLength)
  if (bounds.width === widthPx && bounds.height === heightPx) {
    for (let y = 0; y < heightPx; y++) {
      const start = rowStart(image, bounds, y)
      result.set(image.data.subarray(start, start + rowLength), y * rowLength)
    }
    return result
  }
  const columns = tapsFor(bounds.width, widthPx)
  const rows = tapsFor(bounds.height, heightPx)
  const mixed = new Float32Array(bounds.width * channels)
  for (let y = 0; y < heightPx; y++) {
    mixRows(image, bounds, rows, y, mixed)
    const target = result.subarray(y * rowLength, (y + 1) * rowLength)
    if (channels === 3) mixColumnsRgb(mixed, columns, target)
    else mixColumnsGrey(mixed, columns, target)
  }
  return result
}

const rowStart = (image: PixelImage, bounds: Bounds, row: number): number =>
  ((bounds.top + row) * image.widthPx + bounds.left) * image.channels

/** For each target sample the run of source samples that it is the weighted mean of. */
interface Taps {
  readonly first: Int32Array
  readonly count: Int32Array
  readonly weights: Float64Array
  /** Weights of target i begin at i × stride. */
  readonly stride: number
}

function tapsFor(from: number, to: number): Taps {
  const scale = from / to
  const stride = scale > 1 ? Math.ceil(scale) + 1 : 2
  const taps = { first: new Int32Array(to), count: new Int32Array(to), weights: new Float64Array(to * stride), stride }
  for (let i = 0; i < to; i++) {
    if (scale > 1) averageTap(taps, i, scale, from)
    else bilinearTap(taps, i, scale, from)
  }
  return taps
}

function averageTap(taps: Taps, i: number, scale: number, from: number): void {
  const start = i * scale
  const end = start + scale
  const first = Math.floor(start)
  const last = Math.min(from, Math.ceil(end))
  taps.first[i] = first
  taps.count[i] = last - first
  for (let s = first; s < last; s++) taps.weights[i * taps.stride + s - first] = (Math.min(end, s + 1) - Math.max(start, s)) / scale
}

/** Pixel centres at +0.5; the border is replicated. */
function bilinearTap(taps: Taps, i: number, scale: number, from: number): void {
  const centre = Math.min(Math.max((i + 0.5) * scale - 0.5, 0), from - 1)
  const first = Math.min(Math.floor(centre), Math.max(0, from - 2))
  taps.first[i] = first
  taps.count[i] = Math.min(2, from)
  taps.weights[i * taps.stride] = 1 - (centre - first)
  taps.weights[i * taps.stride + 1] = centre - first
}

/** The weighted mean of the source rows that belong to target row `y`; two or three at a time, which is what most crops need. */
function mixRows(image: PixelImage, bounds: Bounds, rows: Taps, y: number, mixed: Float32Array): void {
  const { data } = image
  const { length } = mixed
  const count = rows.count[y]!
  let tap = 0
  while (tap < count) {
    const keep = tap === 0 ? 0 : 1
    const [a, b, c] = [0, 1, 2].map((k) => rowStart(image, bounds, rows.first[y]! + Math.min(tap + k, count - 1))) as [number, number, number]
    const [wa, wb, wc] = [0, 1, 2].map((k) => (tap + k < count ? rows.weights[y * rows.stride + tap + k]! : 0)) as [number, number, number]
    if (keep === 0 && wc === 0) for (let i = 0; i < length; i++) mixed[i] = wa * data[a + i]! + wb * data[b + i]!
    else for (let i = 0; i < length; i++) mixed[i] = keep * mixed[i]! + wa * data[a + i]! + wb * data[b + i]! + wc * data[c + i]!
    tap += 3
  }
}

function mixColumnsRgb(mixed: Float32Array, columns: Taps, target: Uint8Array): void {
  const { first, count, weights, stride } = columns
  for (let x = 0, o = 0; x < first.length; x++, o += 3) {
    let red = 0.5
    let green = 0.5
    let blue = 0.5
    for (let k = 0, s = first[x]! * 3; k < count[x]!; k++, s += 3) {
      const weight = weights[x * stride + k]!
      red += weight * mixed[s]!
      green += weight * mixed[s + 1]!
      blue += weight * mixed[s + 2]!
    }
    target[o] = red
    target[o + 1] = green
    target[o + 2] = blue
  }
}

function mixColumnsGrey(mixed: Float32Array, columns: Taps, target: Uint8Array): void {
  const { first, count, weights, stride } = columns
  for (let x = 0; x < first.length; x++) {
    let level = 0.5
    for (let k = 0; k < count[x]!; k++) level += weights[x * stride + k]! * mixed[first[x]! + k]!
    target[x] = level
  }
}

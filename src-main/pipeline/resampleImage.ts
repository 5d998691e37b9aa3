import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'

/**
 * Brings the pixels of a bounding box to `widthPx`×`heightPx`: area average along an axis that shrinks, bilinear along one that
 * grows, plain rows where the size is kept. Gives uint8 [heightPx, widthPx, channels]. A flat area keeps its level exactly.
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
  const mixed = new Int32Array(bounds.width * channels)
  const mixColumns = channels === 3 ? mixColumnsRgb : mixColumnsGrey
  for (let y = 0; y < heightPx; y++) {
    mixRows(image, bounds, rows, y, mixed)
    mixColumns(mixed, columns, result, y * rowLength)
  }
  return result
}

const rowStart = (image: PixelImage, bounds: Bounds, row: number): number =>
  ((bounds.top + row) * image.widthPx + bounds.left) * image.channels

/** Fixed point: the weights of a target sample sum to `whole`; between the two passes a level is kept in 1/256 grey. */
const weightBits = 14
const whole = 1 << weightBits
const keptShift = weightBits - 8
const targetShift = weightBits + 8
const half = 1 << (targetShift - 1)

/** For each target sample the run of source samples that it is the weighted mean of; its weights begin at target × stride. */
interface Taps {
  readonly first: Int32Array
  readonly count: Int32Array
  readonly weights: Int32Array
  readonly stride: number
}

function tapsFor(from: number, to: number): Taps {
  const scale = from / to
  const stride = Math.max(2, Math.ceil(scale) + 1)
  const taps = { first: new Int32Array(to), count: new Int32Array(to), weights: new Int32Array(to * stride), stride }
  const setTap = scale > 1 ? setAverageTap : setBilinearTap
  for (let i = 0; i < to; i++) setTap(taps, i, scale, from)
  return taps
}

/** Each weight is the rounded growth of the covered share, so that together they are one whole. */
function setAverageTap(taps: Taps, i: number, scale: number, from: number): void {
  const start = i * scale
  const first = Math.floor(start)
  const last = Math.min(from, Math.ceil(start + scale))
  taps.first[i] = first
  taps.count[i] = last - first
  for (let s = first, given = 0; s < last; s++) {
    const covered = s + 1 < last ? Math.round(((s + 1 - start) / scale) * whole) : whole
    taps.weights[i * taps.stride + s - first] = covered - given
    given = covered
  }
}

/** Pixel centres at +0.5; the border is replicated. */
function setBilinearTap(taps: Taps, i: number, scale: number, from: number): void {
  const centre = Math.min(Math.max((i + 0.5) * scale - 0.5, 0), from - 1)
  const first = Math.max(0, Math.min(Math.floor(centre), from - 2))
  const second = Math.round((centre - first) * whole)
  taps.first[i] = first
  taps.count[i] = Math.min(2, from)
  taps.weights[i * taps.stride] = whole - second
  taps.weights[i * taps.stride + 1] = second
}

/** The weighted mean of the source rows that belong to target row `y`, in 1/256 grey levels. */
function mixRows(image: PixelImage, bounds: Bounds, rows: Taps, y: number, mixed: Int32Array): void {
  const { data } = image
  const count = rows.count[y]!
  const pitch = image.widthPx * image.channels
  const start = rowStart(image, bounds, rows.first[y]!)
  const weights = rows.weights.subarray(y * rows.stride, y * rows.stride + count)
  if (count === 2) mixTwoRows(data, start, start + pitch, weights[0]!, weights[1]!, mixed)
  else if (count === 3) mixThreeRows(data, start, start + pitch, start + 2 * pitch, weights[0]!, weights[1]!, weights[2]!, mixed)
  else mixManyRows(data, start, pitch, weights, mixed)
}

// Two or three rows are what most crops need; written out they take a third of the general loop's time.
function mixTwoRows(data: Uint8Array, a: number, b: number, weightA: number, weightB: number, mixed: Int32Array): void {
  const { length } = mixed
  for (let i = 0; i < length; i++) mixed[i] = (Math.imul(weightA, data[a + i]!) + Math.imul(weightB, data[b + i]!)) >> keptShift
}

function mixThreeRows(data: Uint8Array, a: number, b: number, c: number, weightA: number, weightB: number, weightC: number, mixed: Int32Array): void {
  const { length } = mixed
  for (let i = 0; i < length; i++)
    mixed[i] = (Math.imul(weightA, data[a + i]!) + Math.imul(weightB, data[b + i]!) + Math.imul(weightC, data[c + i]!)) >> keptShift
}

function mixManyRows(data: Uint8Array, start: number, pitch: number, weights: Int32Array, mixed: Int32Array): void {
  const { length } = mixed
  mixed.fill(0)
  for (let k = 0; k < weights.length; k++) {
    const from = start + k * pitch
    const weight = weights[k]!
    for (let i = 0; i < length; i++) mixed[i] = (mixed[i]! + Math.imul(weight, data[from + i]!)) | 0
  }
  for (let i = 0; i < length; i++) mixed[i] = mixed[i]! >> keptShift
}

function mixColumnsRgb(mixed: Int32Array, columns: Taps, target: Uint8Array, offset: number): void {
  const { first, count, weights, stride } = columns
  for (let x = 0, o = offset; x < first.length; x++, o += 3) {
    let red = half
    let green = half
    let blue = half
    const end = x * stride + count[x]!
    for (let w = x * stride, s = first[x]! * 3; w < end; w++, s += 3) {
      const weight = weights[w]!
      red = (red + Math.imul(weight, mixed[s]!)) | 0
      green = (green + Math.imul(weight, mixed[s + 1]!)) | 0
      blue = (blue + Math.imul(weight, mixed[s + 2]!)) | 0
    }
    target[o] = red >> targetShift
    target[o + 1] = green >> targetShift
    target[o + 2] = blue >> targetShift
  }
}

function mixColumnsGrey(mixed: Int32Array, columns: Taps, target: Uint8Array, offset: number): void {
  const { first, count, weights, stride } = columns
  for (let x = 0; x < first.length; x++) {
    let level = half
    const end = x * stride + count[x]!
    for (let w = x * stride, s = first[x]!; w < end; w++, s++) level = (level + Math.imul(weights[w]!, mixed[s]!)) | 0
    target[offset + x] = level >> targetShift
  }
}

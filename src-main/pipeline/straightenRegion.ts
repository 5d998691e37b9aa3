import { placePoint, type Pose } from '../domain/alignment.ts'
import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'

/** Places in 1/256 px, weights in 1/256. */
const placeBits = 8
const one = 1 << placeBits
const fraction = one - 1
const half = 1 << (2 * placeBits - 1)
/** From a pixel's corner to its middle, and to the nearest place. */
const rounding = 0.5 - one / 2

/**
 * What lies on the part inside `bounds` of the golden frame, at the picture's own resolution: the picture moved and turned back by the
 * pose, bilinear; beyond the picture's edge its last pixels go on. Gives an image of exactly bounds.width × bounds.height. The
 * same picture and pose give the same bytes.
 */
export function straightenRegion(image: PixelImage, bounds: Bounds, pose: Pose): PixelImage {
  const { channels, data } = image
  const { width, height } = bounds
  const straight = new Uint8Array(width * height * channels)
  const pitch = image.widthPx * channels
  const lastX = (image.widthPx - 1) << placeBits
  const lastY = (image.heightPx - 1) << placeBits
  for (let y = 0, o = 0; y < height; y++) {
    const from = placePoint({ x: bounds.left + 0.5, y: bounds.top + y + 0.5 }, pose)
    const to = placePoint({ x: bounds.left + width + 0.5, y: bounds.top + y + 0.5 }, pose)
    const stepX = (to.x - from.x) / width
    const stepY = (to.y - from.y) / width
    for (let x = 0; x < width; x++, o += channels) {
      const placeX = clamp((from.x + x * stepX) * one + rounding, lastX) | 0
      const placeY = clamp((from.y + x * stepY) * one + rounding, lastY) | 0
      const right = placeX & fraction
      const below = placeY & fraction
      const a = (placeY >> placeBits) * pitch + (placeX >> placeBits) * channels
      // On the last column or row nothing lies beyond, and the weight there is 0.
      const b = right === 0 ? a : a + channels
      const c = below === 0 ? a : a + pitch
      const d = c + b - a
      const wd = right * below
      const wb = (right << placeBits) - wd
      const wc = (below << placeBits) - wd
      const wa = (one << placeBits) - wb - wc - wd
      straight[o] = (wa * data[a]! + wb * data[b]! + wc * data[c]! + wd * data[d]! + half) >> (2 * placeBits)
      if (channels === 1) continue
      straight[o + 1] = (wa * data[a + 1]! + wb * data[b + 1]! + wc * data[c + 1]! + wd * data[d + 1]! + half) >> (2 * placeBits)
      straight[o + 2] = (wa * data[a + 2]! + wb * data[b + 2]! + wc * data[c + 2]! + wd * data[d + 2]! + half) >> (2 * placeBits)
    }
  }
  return { widthPx: width, heightPx: height, channels, data: straight }
}

const clamp = (place: number, last: number): number => (place < 0 ? 0 : place > last ? last : place)

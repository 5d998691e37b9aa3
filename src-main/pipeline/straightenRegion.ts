import { placePoint, type Pose } from '../domain/alignment.ts'
import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'

/** Places in 1/256 px, weights in 1/256. */
const placeBits = 8
const one = 1 << placeBits
const fraction = one - 1
const half = 1 << (2 * placeBits - 1)

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
    for (let x = 0; x < width; x++) {
      const placeX = clamp(Math.round((from.x + x * stepX - 0.5) * one), lastX)
      const placeY = clamp(Math.round((from.y + x * stepY - 0.5) * one), lastY)
      const right = placeX & fraction
      const below = placeY & fraction
      const a = (placeY >> placeBits) * pitch + (placeX >> placeBits) * channels
      // On the last column or row nothing lies beyond, and the weight there is 0.
      const across = right === 0 ? 0 : channels
      const down = below === 0 ? 0 : pitch
      const wd = right * below
      const wb = (right << placeBits) - wd
      const wc = (below << placeBits) - wd
      const wa = (one << placeBits) - wb - wc - wd
      for (let c = 0; c < channels; c++, o++) {
        const i = a + c
        straight[o] = (wa * data[i]! + wb * data[i + across]! + wc * data[i + down]! + wd * data[i + across + down]! + half) >> (2 * placeBits)
      }
    }
  }
  return { widthPx: width, heightPx: height, channels, data: straight }
}

const clamp = (place: number, last: number): number => (place < 0 ? 0 : place > last ? last : place)

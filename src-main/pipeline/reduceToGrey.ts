import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'

export interface GreyImage {
  readonly widthPx: number
  readonly heightPx: number
  readonly data: Uint8Array
}

/**
 * The mean of the channels over blocks of `reduction`×`reduction` pixels, from the upper left corner of `bounds` on; pixels that fill no
 * whole block are left out. Gives uint8 [⌊height / reduction⌋, ⌊width / reduction⌋].
 */
export function reduceToGrey(image: PixelImage, bounds: Bounds, reduction: number): GreyImage {
  const widthPx = Math.floor(bounds.width / reduction)
  const heightPx = Math.floor(bounds.height / reduction)
  const { channels, data } = image
  const pitch = image.widthPx * channels
  const samples = reduction * channels
  const whole = samples * reduction
  const reduced = new Uint8Array(widthPx * heightPx)
  const sums = new Uint32Array(widthPx)
  for (let y = 0; y < heightPx; y++) {
    sums.fill(whole >> 1)
    for (let row = 0; row < reduction; row++) {
      let from = (bounds.top + y * reduction + row) * pitch + bounds.left * channels
      for (let x = 0; x < widthPx; x++) {
        let sum = 0
        for (const end = from + samples; from < end; from++) sum += data[from]!
        sums[x] = sums[x]! + sum
      }
    }
    for (let x = 0, o = y * widthPx; x < widthPx; x++, o++) reduced[o] = sums[x]! / whole
  }
  return { widthPx, heightPx, data: reduced }
}

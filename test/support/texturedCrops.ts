import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface CropOptions {
  readonly widthPx: number
  readonly heightPx: number
  /** Draws a dark scratch through the middle. */
  readonly isScratched?: boolean
}

/** One crop of a brushed plate with a round hole, uint8 RGB: grain, place and light differ with the seed. */
export function texturedCrop(seed: number, { widthPx, heightPx, isScratched = false }: CropOptions): Uint8Array {
  const random = xoroshiro128plus(seed)
  const jitter = (spread: number): number => uniformInt(random, -spread * 100, spread * 100) / 100
  const [cx, cy, light, phase] = [widthPx * 0.4 + jitter(2), heightPx * 0.5 + jitter(2), 130 + jitter(12), jitter(3)]
  const data = new Uint8Array(widthPx * heightPx * 3)
  for (let y = 0; y < heightPx; y++) {
    const brush = jitter(9)
    for (let x = 0; x < widthPx; x++) {
      const hole = Math.hypot(x - cx, y - cy) < heightPx * 0.2 ? -70 : 0
      const scratch = isScratched && Math.abs(x - y * 0.6 - widthPx * 0.3) < 1.5 && y > heightPx * 0.2 && y < heightPx * 0.8 ? -60 : 0
      const level = light + hole + scratch + brush + 14 * Math.sin(x / 5 + phase) + jitter(6)
      for (const [c, tint] of [1, 0.96, 0.9].entries()) data[(y * widthPx + x) * 3 + c] = Math.max(0, Math.min(255, Math.round(level * tint + jitter(2))))
    }
  }
  return data
}

/** `count` crops of good parts. */
export const texturedCrops = (count: number, options: CropOptions, firstSeed = 1): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, i) => texturedCrop(firstSeed + i, options))

import type { InspectionView } from '../client/stationClient.ts'
import { viridis } from './viridis.ts'

type Reading = InspectionView['readings'][number]

/** The scale ends at this many times the region's limit, so the limit lies at two thirds of it on every part. */
export const scaleEndsAt = 1.5

/**
 * RGBA [mapHeight, mapWidth, 4] of a reading's heat. The scale hangs on the region's limit and not on the part's own maximum: a good part
 * stays calm. What is cold is also see-through.
 */
export function heatPixels({ heatmap, failAbove }: Pick<Reading, 'heatmap' | 'failAbove'>): Uint8ClampedArray<ArrayBuffer> {
  const { cells, heatPerCount } = heatmap
  const pixels = new Uint8ClampedArray(cells.length * 4)
  cells.forEach((cell, i) => {
    const t = Math.min((cell * heatPerCount) / (failAbove * scaleEndsAt), 1)
    const [red, green, blue] = viridis(t)
    pixels.set([red, green, blue, 255 * Math.min(1, t * scaleEndsAt)], i * 4)
  })
  return pixels
}

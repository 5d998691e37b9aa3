import type { InspectionView } from '../client/stationClient.ts'
import { viridis } from './viridis.ts'

type Reading = InspectionView['readings'][number]

/** The scale ends at this many times the region's limit, so the limit lies at two thirds of it on every part. */
export const scaleEndsAt = 1.5
const shownFrom = 0.25

/**
 * RGBA [mapHeight, mapWidth, 4] of a reading's heat. The scale hangs on the region's limit and not on the part's own maximum: a good part
 * stays calm. What is cold is also see-through: heat shows from a quarter of the limit on.
 */
export function heatPixels({ heatmap, failAbove }: Pick<Reading, 'heatmap' | 'failAbove'>): Uint8ClampedArray<ArrayBuffer> {
  const { cells, heatPerCount } = heatmap
  const pixels = new Uint8ClampedArray(cells.length * 4)
  cells.forEach((cell, i) => {
    const share = (cell * heatPerCount) / failAbove
    pixels.set([...viridis(share / scaleEndsAt), (255 * (share - shownFrom)) / (1 - shownFrom)], i * 4)
  })
  return pixels
}

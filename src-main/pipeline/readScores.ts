import { boundsOf } from '../domain/geometry.ts'
import type { Region } from '../domain/recipe.ts'
import type { Heatmap, RawScore, Reading } from '../domain/verdict.ts'
import { largestHotGroup } from './heatArea.ts'

/**
 * What the models gave, in the recipe's terms: one reading per region, in the regions' order. Places and areas are in pixels of
 * the image. Throws when a region has no score, the heat does not fill its map or a figure is not finite: the model port lets
 * none of these through, so it is a bug.
 */
export function readScores(raw: readonly RawScore[], regions: readonly Region[], image: { readonly widthPx: number; readonly heightPx: number }): readonly Reading[] {
  return regions.map((region) => {
    const score = raw.find((one) => one.regionId === region.id)
    if (!score) throw new Error(`region ${region.id} was not scored`)
    requireSound(score)
    const { failAbove, unsureAbove } = region.limits
    const { heat, mapWidth, mapHeight } = score
    const bounds = boundsOf(region.shape, image.widthPx, image.heightPx)
    const cellWidthPx = bounds.width / mapWidth
    const cellHeightPx = bounds.height / mapHeight
    const hottest = indexOfMax(heat)
    return {
      regionId: region.id,
      regionName: region.name,
      model: score.model,
      score: score.score,
      failAbove,
      unsureAbove,
      areaPx: largestHotGroup(heat, mapWidth, mapHeight, failAbove) * cellWidthPx * cellHeightPx,
      peak: {
        x: bounds.left + ((hottest % mapWidth) + 0.5) * cellWidthPx,
        y: bounds.top + (Math.floor(hottest / mapWidth) + 0.5) * cellHeightPx,
      },
      heatmap: { bounds, mapWidth, mapHeight, ...quantise(heat, Math.max(2 * failAbove, heat[hottest]!)) },
      embedding: Array.from(score.embedding),
      provider: score.provider,
    }
  })
}

function requireSound({ regionId, score, heat, mapWidth, mapHeight }: RawScore): void {
  if (heat.length === 0 || heat.length !== mapWidth * mapHeight) throw new Error(`the heat of region ${regionId} is ${heat.length} cells, not ${mapWidth} × ${mapHeight}`)
  if (!Number.isFinite(score) || !heat.every(Number.isFinite)) throw new Error(`the score or heat of region ${regionId} is not finite`)
}

const indexOfMax = (values: Float32Array): number => values.reduce((best, value, i) => (value > values[best]! ? i : best), 0)

/** `top` becomes 255, so that twice the limit, or the hottest cell beyond it, is the end of the scale; heat below zero is 0. */
function quantise(heat: Float32Array, top: number): Pick<Heatmap, 'heatPerCount' | 'cells'> {
  const heatPerCount = top > 0 ? top / 255 : 1
  return { heatPerCount, cells: Uint8Array.from(heat, (value) => Math.min(255, Math.max(0, Math.round(value / heatPerCount)))) }
}

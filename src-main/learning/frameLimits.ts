import type { FrameQuality } from '../domain/frame.ts'
import type { FrameLimits } from '../domain/recipe.ts'
import { quantileOf } from './threshold.ts'

/** Half the detail of the least sharp good frames; their fifth percentile, so that a blurred one among them does no harm. */
const focusMargin = 0.5
const focusQuantile = 0.05
/** Rounding to 8 bits alone gives a Laplacian variance of 20/12: a frame below this shows nothing. */
const focusFloor = 2
/** Brightness may leave the range of the good frames by half that range, and by a sixth of their median level in any case. */
const rangeMargin = 1 / 2
const levelMargin = 1 / 6
/** Clipped pixels may be twice as many as ever seen, and 5 % of all pixels more in any case. */
const clippedMargin = 1
const leastClippedMargin = 0.05
/** Decoding four times the expected pixels is still affordable; anything larger is not from this camera. */
const largestOversize = 4

/**
 * Limits of `checkFrame` from the good frames of the baseline. They catch what makes a score meaningless (no light, lens out of
 * focus, saturated sensor), not what varies on a good line. Where the good frames come close to an end of the scale, the limit stays
 * halfway between them and that end, so that a black, a white and a fully clipped frame are refused whatever the baseline.
 */
export function frameLimitsFrom(qualities: readonly Pick<FrameQuality, 'focus' | 'meanLevel' | 'clippedFraction'>[], size: { readonly widthPx: number; readonly heightPx: number }): FrameLimits {
  const focus = qualities.map((quality) => quality.focus)
  const levels = qualities.map((quality) => quality.meanLevel)
  const [darkest, brightest] = [Math.min(...levels), Math.max(...levels)]
  const mostClipped = Math.max(...qualities.map((quality) => quality.clippedFraction))
  const margin = Math.max(levelMargin * quantileOf(levels, 0.5), rangeMargin * (brightest - darkest))
  const focusReference = quantileOf(focus, 0.5)
  return {
    ...size,
    maxPixels: largestOversize * size.widthPx * size.heightPx,
    focusReference,
    focusMinRatio: focusReference === 0 ? 0 : (focusMargin * quantileOf(focus, focusQuantile)) / focusReference,
    focusFloor,
    meanMin: Math.max(darkest - margin, darkest / 2),
    meanMax: Math.min(brightest + margin, (brightest + 255) / 2),
    clippedMax: Math.min(mostClipped + Math.max(leastClippedMargin, clippedMargin * mostClipped), (mostClipped + 1) / 2),
    refuseRepeats: true,
  }
}

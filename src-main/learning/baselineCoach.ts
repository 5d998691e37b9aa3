import { clopperPearson } from '../domain/clopperPearson.ts'
import type { Proportion } from '../domain/recipe.ts'

/** Iglewicz & Hoaglin, How to detect and handle outliers, 1993: beyond this modified z-score a value is labelled an outlier. */
const outlierScore = 3.5
/** Makes the median absolute deviation a standard deviation where values are normal. */
const madPerSigma = 0.6745

/**
 * Which good images score so high by a model that had not seen them that they hardly belong to the rest; in the scores' order. Scores
 * are positive and skewed to the right, so their logarithms are compared: modified z-score 0.6745·(ln s − median) / MAD over 3.5. Fewer
 * than ten scores, or scores that hardly differ, name none.
 */
export function findOutliers(scores: readonly number[]): readonly boolean[] {
  const logs = scores.map((score) => Math.log(Math.max(score, Number.MIN_VALUE)))
  const middle = medianOf(logs)
  const spread = medianOf(logs.map((value) => Math.abs(value - middle)))
  const isTelling = scores.length >= 10 && spread > 0
  return logs.map((value) => isTelling && (madPerSigma * (value - middle)) / spread > outlierScore)
}

/**
 * Which images show, in every region, nearly the same as an earlier one: they teach nothing new, and the share of rejected good parts is
 * known a little less well than their number says. None where a region's learner could not tell.
 */
export function findRepeats(regions: readonly { readonly firstAlike?: readonly number[] }[], images: number): readonly boolean[] {
  return Array.from({ length: images }, (_, image) => regions.length > 0 && regions.every(({ firstAlike }) => firstAlike !== undefined && firstAlike[image]! < image))
}

export interface CoveragePoint extends Proportion {
  readonly images: number
}

export interface Coverage {
  /** What is known of the share of good parts that this line rejects, with so many good images; `now` is among them. */
  readonly points: readonly CoveragePoint[]
  readonly now: CoveragePoint
  readonly doubled: CoveragePoint
  /** Whether twice as many would lower what has to be reckoned with by more than `worthwhile`. */
  readonly isWorthMore: boolean
}

/** Two good parts in a hundred: less is not worth the time of taking them. */
const worthwhile = 0.02
const curveImages = [20, 30, 40, 60, 80, 120, 160, 240, 320]

/**
 * How well the share of rejected good parts is known with more good images, if the same share of them lies over the line: the exact
 * interval (Clopper–Pearson) for each number. It tells of the line alone; that more images also teach the model is not in it, so it
 * errs on the careful side.
 */
export function forecastCoverage(over: number, images: number): Coverage {
  const at = (count: number): CoveragePoint => ({ images: count, ...clopperPearson(Math.round((over / images) * count), count) })
  const [now, doubled] = [at(images), at(images * 2)]
  const counts = [...new Set([...curveImages, images])].sort((a, b) => a - b)
  return { points: counts.map(at), now, doubled, isWorthMore: now.high - doubled.high > worthwhile }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

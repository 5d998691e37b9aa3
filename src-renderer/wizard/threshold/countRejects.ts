import { clopperPearson, type Share } from './clopperPearson.ts'

export interface Limits {
  readonly failAbove: number
  readonly unsureAbove: number
  readonly minAreaPx: number
}

export interface Rejects {
  /** Good parts that would fail. */
  readonly failed: Share
  /** Good parts that somebody would have to look at: above the unsure line, but not failed. */
  readonly unsure: Share
}

/** What these limits would have done to the good images that the model had not seen. Scores on the line pass. */
export function countRejects(scores: readonly number[], { failAbove, unsureAbove }: Limits): Rejects {
  const failed = scores.filter((score) => score > failAbove).length
  const notPassed = scores.filter((score) => score > unsureAbove).length
  return { failed: clopperPearson(failed, scores.length), unsure: clopperPearson(notPassed - failed, scores.length) }
}

export interface ScoreRange {
  readonly low: number
  readonly high: number
}

/** The scale of the histogram: all scores and marks with room to put the line well clear of them. */
export function rangeOf(values: readonly number[]): ScoreRange {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const spread = high - low || Math.abs(high) || 1
  return { low: Math.max(0, low - spread * 0.15), high: high + spread * 0.75 }
}

/** Counts per bin of equal width over the range. */
export function binScores(scores: readonly number[], { low, high }: ScoreRange, bins: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const score of scores) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((score - low) / (high - low)) * bins)))
    counts[bin] = counts[bin]! + 1
  }
  return counts
}

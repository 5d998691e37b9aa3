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

/** Counts per bin of equal width over the range; what lies beyond it counts in the last. */
export function binScores(scores: readonly number[], { low, high }: ScoreRange, bins: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const score of scores) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((score - low) / (high - low)) * bins)))
    counts[bin] = counts[bin]! + 1
  }
  return counts
}

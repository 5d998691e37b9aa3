export interface LatencyFigures {
  readonly n: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
  /** Equal bins from the smallest to the largest value. */
  readonly histogram: { readonly fromMs: number; readonly binMs: number; readonly counts: readonly number[] }
}

const bins = 32

/** Nearest-rank percentiles (of fewer than 1,000 values p99.9 is the largest) and a histogram; null of nothing. */
export function latencyFigures(valuesMs: readonly number[]): LatencyFigures | null {
  if (valuesMs.length === 0) return null
  const sorted = [...valuesMs].sort((a, b) => a - b)
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!
  const [fromMs, max] = [sorted[0]!, sorted.at(-1)!]
  const binMs = (max - fromMs) / bins || 1
  const counts = new Array<number>(bins).fill(0)
  for (const value of sorted) counts[Math.min(bins - 1, Math.floor((value - fromMs) / binMs))]!++
  return { n: sorted.length, p50: rank(0.5), p99: rank(0.99), p999: rank(0.999), max, histogram: { fromMs, binMs, counts } }
}

import { clopperPearson } from './clopperPearson.ts'
import type { Proportion } from './recipe.ts'

/** Scores of parts whose truth is known; each list ascending. */
export interface KnownScores {
  /** Of good parts, each by a model that had not seen it. */
  readonly good: readonly number[]
  /** Of known-bad parts; no model ever learns from them. */
  readonly bad: readonly number[]
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What a line does to parts whose truth is known. */
export interface LineFigures {
  /** Good parts above the line. */
  readonly falseRejects: Proportion
  /** Known-bad parts on or below it; null without known-bad parts, because then nobody can know. */
  readonly misses: Proportion | null
  readonly recall: Proportion | null
  /** Share of rejected parts that are defective, at the given share of defective parts on the line. */
  readonly precision: Interval | null
  /** Harmonic mean of precision and recall, at the same share. */
  readonly f1: Interval | null
}

export const ascending = (scores: readonly number[]): readonly number[] => [...scores].sort((a, b) => a - b)

/** How many are over the line; on it passes. `scores` ascending. */
export function countAbove(scores: readonly number[], line: number): number {
  let [low, high] = [0, scores.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (scores[middle]! > line) high = middle
    else low = middle + 1
  }
  return scores.length - low
}

/**
 * Figures of one line with 95 % intervals. Shares are exact (Clopper–Pearson); precision and F1 depend on how many parts of the line
 * are defective, which the parts shown here do not tell, so they are computed for `defectShare`, and bounded by the corners of two
 * 97.5 % intervals, which together hold with 95 % (Bonferroni). Takes the logarithm of the number of scores.
 */
export function figuresAt(line: number, { good, bad }: KnownScores, defectShare: number): LineFigures {
  const rejected = countAbove(good, line)
  const caught = countAbove(bad, line)
  const falseRejects = clopperPearson(rejected, good.length)
  if (bad.length === 0) return { falseRejects, misses: null, recall: null, precision: null, f1: null }
  const recall = clopperPearson(caught, bad.length)
  const wide = { recall: clopperPearson(caught, bad.length, 0.975), falseRejects: clopperPearson(rejected, good.length, 0.975) }
  const corners = (figure: (recall: number, falseRejects: number) => number): Interval => ({
    value: figure(recall.value, falseRejects.value),
    low: figure(wide.recall.low, wide.falseRejects.high),
    high: figure(wide.recall.high, wide.falseRejects.low),
  })
  const hits = (share: number): number => defectShare * share
  const alarms = (share: number): number => (1 - defectShare) * share
  return {
    falseRejects,
    misses: clopperPearson(bad.length - caught, bad.length),
    recall,
    precision: corners((r, f) => ratio(hits(r), hits(r) + alarms(f))),
    f1: corners((r, f) => ratio(2 * hits(r), hits(r) + defectShare + alarms(f))),
  }
}

/** Where nothing is rejected nothing is rejected wrongly either, but nothing is found: 0. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/**
 * Halves of a list, always the same ones: what is tuned on the parts at even places is confirmed on those at odd places. Parts stand in
 * the order in which they were taken, so that slow changes of light or machine fall on both.
 */
export const splitHalves = <T>(parts: readonly T[]): { readonly tuned: readonly T[]; readonly confirmed: readonly T[] } => ({
  tuned: parts.filter((_, i) => i % 2 === 0),
  confirmed: parts.filter((_, i) => i % 2 === 1),
})

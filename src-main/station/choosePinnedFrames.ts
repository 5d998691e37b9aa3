import type { RegionLimits } from '../domain/recipe.ts'

/** Scores of the baseline images, in the images' order, and what they are held against. */
export interface ScoredRegion {
  readonly holdOutScores: readonly number[]
  readonly limits: Pick<RegionLimits, 'failAbove'>
}

const typicalFrames = 3
const highestFrames = 2
const badFrames = 2

/**
 * Places of the good images that are worth pinning, ascending: three from the middle, where every part lies, and the two that score
 * highest, where a small change of the arithmetic turns a verdict first. An image counts by the region that comes closest to its limit.
 */
export function choosePinnedFrames(regions: readonly ScoredRegion[]): readonly number[] {
  const images = regions[0]?.holdOutScores.length ?? 0
  const severity = (image: number): number => Math.max(...regions.map(({ holdOutScores, limits }) => severityOf(holdOutScores[image]!, limits.failAbove)))
  const ascending = Array.from({ length: images }, (_, image) => image).sort((a, b) => severity(a) - severity(b) || a - b)
  const highest = ascending.splice(-highestFrames)
  const firstTypical = Math.max(0, (ascending.length - typicalFrames) >> 1)
  return [...ascending.slice(firstTypical, firstTypical + typicalFrames), ...highest].sort((a, b) => a - b)
}

/** Of the known-bad parts, the two that come nearest to being accepted; a part counts by the region that sees it best. */
export function choosePinnedBadParts<Id>(parts: readonly { readonly id: Id; readonly scores: readonly { readonly score: number; readonly failAbove: number }[] }[]): readonly Id[] {
  return parts
    .filter(({ scores }) => scores.length > 0)
    .map(({ id, scores }) => ({ id, severity: Math.max(...scores.map(({ score, failAbove }) => severityOf(score, failAbove))) }))
    .sort((a, b) => a.severity - b.severity)
    .slice(0, badFrames)
    .map(({ id }) => id)
}

/** How far over the limit, as a share of it. */
const severityOf = (score: number, failAbove: number): number => (score - failAbove) / (Math.abs(failAbove) || 1)

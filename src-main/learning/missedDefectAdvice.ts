import { clopperPearson } from '../domain/clopperPearson.ts'
import type { Proportion } from '../domain/recipe.ts'
import { ascending, countAbove } from '../domain/thresholdTable.ts'
import type { Reading } from '../domain/verdict.ts'

/** One region of a part that passed and is known to be defective. */
export interface MissedReading {
  readonly reading: Pick<Reading, 'regionName' | 'score' | 'unsureAbove' | 'heatmap' | 'peak'>
  /** Cells of the group around the hottest place that are at least half as hot. */
  readonly hotCells: number
  /** Hottest cells that the model's score is the mean of. */
  readonly scoreCells: number
  /** Scores of good parts by the same model. */
  readonly goodScores: readonly number[]
}

export interface MissedDefectAdvice {
  readonly regionName: string
  readonly score: number
  /** The highest line, to four digits, that would have caught it, and what it would cost. */
  readonly threshold: { readonly line: number; readonly falseRejects: Proportion; readonly falseRejectsNow: Proportion }
  /** Share of good parts that score at least as high. */
  readonly goodAsHigh: number
  /** Size of the hottest place: cells of the model, and one cell in pixels of the image. */
  readonly defect: { readonly cells: number; readonly cellWidthPx: number; readonly cellHeightPx: number; readonly peak: Reading['peak'] }
  /** What can be done, the most promising first. */
  readonly steps: readonly AdviceStep[]
}

export type AdviceStep =
  | { readonly kind: 'lowerThreshold' }
  /** The region, or a region of its own around the place, at most this large in pixels of the image: the same input then shows more of it. */
  | { readonly kind: 'smallerRegion'; readonly widthPx: number; readonly heightPx: number }
  /** The same region with an input this many times as wide and high. */
  | { readonly kind: 'largerInput'; readonly factor: number }
  /** To the model it is a normal part: more good parts narrow what is normal, a detector learns the defect itself. */
  | { readonly kind: 'moreImages' }
  | { readonly kind: 'detector' }

/** A line that rejects more good parts than this is no answer on most lines. */
const bearableFalseRejects = 0.1

/**
 * What can be done about a missed defect, from stored figures alone. A line below its score always catches it; what it costs is counted
 * on good parts. The score is a mean over the hottest cells, so a place of fewer cells is diluted: then a smaller region or a
 * larger input is worth more than any line. A score that many good parts reach says that these features do not see the defect.
 */
export function adviseOnMissed({ reading, hotCells, scoreCells, goodScores }: MissedReading): MissedDefectAdvice {
  const { score, unsureAbove, heatmap, regionName, peak } = reading
  const good = ascending(goodScores)
  const line = roundDown(score)
  const overNow = countAbove(good, unsureAbove)
  const falseRejects = clopperPearson(countAbove(good, line), good.length)
  const cellWidthPx = heatmap.bounds.width / heatmap.mapWidth
  const cellHeightPx = heatmap.bounds.height / heatmap.mapHeight
  const isDiluted = hotCells < scoreCells
  const factor = Math.sqrt((scoreCells + 1) / Math.max(1, hotCells))
  const sharper: readonly AdviceStep[] = isDiluted
    ? [
        { kind: 'smallerRegion', widthPx: Math.floor(heatmap.bounds.width / factor), heightPx: Math.floor(heatmap.bounds.height / factor) },
        { kind: 'largerInput', factor: Number(factor.toFixed(1)) },
      ]
    : []
  const isBearable = good.length > 0 && falseRejects.value <= bearableFalseRejects
  return {
    regionName,
    score,
    threshold: { line, falseRejects, falseRejectsNow: clopperPearson(overNow, good.length) },
    goodAsHigh: good.length === 0 ? 0 : good.filter((one) => one >= score).length / good.length,
    defect: { cells: hotCells, cellWidthPx, cellHeightPx, peak },
    steps: isBearable ? [{ kind: 'lowerThreshold' }, ...sharper] : [...sharper, { kind: 'moreImages' }, { kind: 'detector' }],
  }
}

/** Four significant digits, and below the score: a score on the line passes. */
function roundDown(score: number): number {
  const unit = 10 ** (Math.floor(Math.log10(score)) - 3)
  const line = Math.floor(score / unit) * unit
  return Number((line < score ? line : line - unit).toPrecision(4))
}

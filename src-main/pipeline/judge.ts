import type { Region, RegionLimits } from '../domain/recipe.ts'
import type { Outcome, Reading, Reason, ReasonCode, Verdict } from '../domain/verdict.ts'

/** For each region id what the parts before this one were over, newest first; as many as persistence asks for. */
export type JudgeHistory = Readonly<Record<string, readonly Outcome[]>>

const severity: Readonly<Record<Outcome, number>> = { pass: 0, unsure: 1, fail: 2 }

interface Finding {
  readonly outcome: Outcome
  readonly reason: Reason
  /** How far the score stays below the lower limit, as a share of that limit. */
  readonly margin: number
}

/**
 * The verdict over all regions; the worst one decides. Reasons: every region that is not plainly within its limits, worst first, and
 * on a pass the plain region that came closest. Their params, rounded to four digits for people (the readings keep the exact figures):
 *
 * | reason | params |
 * |---|---|
 * | region/overLimit, region/unsure, region/withinLimit | region, score, limit |
 * | region/belowMinArea | region, score, limit, areaPx, minAreaPx |
 * | region/notPersistent | region, score, limit, seen, count, of |
 *
 * Throws when there is no region, a region has no reading or a figure is not finite: what was not measured can never pass.
 */
export function judge(readings: readonly Reading[], regions: readonly Region[], history: JudgeHistory): Verdict {
  if (regions.length === 0) throw new Error('there is no region to judge')
  const findings = regions
    .map((region) => judgeRegion(readingOf(region, readings), region.limits, earlierOf(region, history)))
    .sort((a, b) => severity[b.outcome] - severity[a.outcome] || a.margin - b.margin)
  const { outcome } = findings[0]!
  const isPlain = ({ reason }: Finding): boolean => reason.code === 'region/withinLimit'
  const closest = outcome === 'pass' ? findings.filter(isPlain).slice(0, 1) : []
  return { outcome, reasons: [...findings.filter((finding) => !isPlain(finding)), ...closest].map(({ reason }) => reason) }
}

/** The history that the next part is judged with. */
export const extendHistory = (history: JudgeHistory, readings: readonly Reading[], regions: readonly Region[]): JudgeHistory =>
  Object.fromEntries(
    regions.map((region) => {
      const level = levelOf(readingOf(region, readings), region.limits)
      return [region.id, [level, ...earlierOf(region, history)].slice(0, region.limits.persistence.of - 1)]
    }),
  )

function judgeRegion(reading: Reading, limits: RegionLimits, earlier: readonly Outcome[]): Finding {
  const { failAbove, unsureAbove, minAreaPx, persistence } = limits
  const { score, areaPx } = reading
  const margin = (unsureAbove - score) / (Math.abs(unsureAbove) || 1)
  const find = (outcome: Outcome, code: ReasonCode, limit: number, more: Reason['params'] = {}): Finding => ({
    outcome,
    reason: { code, params: { region: reading.regionName, score: rounded(score), limit: rounded(limit), ...more } },
    margin,
  })
  if (score <= unsureAbove) return find('pass', 'region/withinLimit', unsureAbove)

  const exceeded = score > failAbove ? failAbove : unsureAbove
  const level = levelOf(reading, limits)
  if (level === 'pass') return find('pass', 'region/belowMinArea', exceeded, { areaPx: rounded(areaPx), minAreaPx: rounded(minAreaPx) })

  const recent = [level, ...earlier].slice(0, persistence.of)
  const seenAtLeast = (asBad: Outcome): number => recent.filter((one) => severity[one] >= severity[asBad]).length
  if (level === 'fail' && seenAtLeast('fail') >= persistence.count) return find('fail', 'region/overLimit', failAbove)
  if (seenAtLeast('unsure') >= persistence.count) return find('unsure', 'region/unsure', unsureAbove)
  return find('pass', 'region/notPersistent', exceeded, { seen: seenAtLeast('unsure'), ...persistence })
}

/** What this part is over, were there no persistence. An anomaly smaller than the minimum area is none. */
function levelOf({ score, areaPx }: Reading, { failAbove, unsureAbove, minAreaPx }: RegionLimits): Outcome {
  if (score <= unsureAbove || areaPx < minAreaPx) return 'pass'
  return score > failAbove ? 'fail' : 'unsure'
}

function readingOf({ id, limits }: Region, readings: readonly Reading[]): Reading {
  const reading = readings.find(({ regionId }) => regionId === id)
  if (!reading) throw new Error(`region ${id} was not measured`)
  const figures = [reading.score, reading.areaPx, limits.failAbove, limits.unsureAbove, limits.minAreaPx]
  if (!figures.every(Number.isFinite)) throw new Error(`a figure of region ${id} is not finite: ${figures.join(', ')}`)
  return reading
}

const earlierOf = ({ id }: Region, history: JudgeHistory): readonly Outcome[] => (Object.hasOwn(history, id) ? history[id]! : [])

const rounded = (value: number): number => Number(value.toPrecision(4))

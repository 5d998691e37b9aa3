import { severities, type Region, type RegionLimits } from '../domain/recipe.ts'
import type { Detection, Outcome, Reading, Reason, ReasonCode, Verdict } from '../domain/verdict.ts'

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
 * | region/defectClass | region, defectClass, confidence, limit, areaPx |
 *
 * Throws when there is no region, a region has no reading or a figure is not finite: what was not measured can never pass.
 */
export function judge(readings: readonly Reading[], regions: readonly Region[], history: JudgeHistory): Verdict {
  if (regions.length === 0) throw new Error('there is no region to judge')
  const findings = regions
    .map((region) => judgeRegion(readingOf(region, readings), region, earlierOf(region, history)))
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
      const reading = readingOf(region, readings)
      const level = worse(levelOf(reading, limitsOf(reading, region)), worstDefect(reading, region)?.level ?? 'pass')
      return [region.id, [level, ...earlierOf(region, history)].slice(0, region.limits.persistence.of - 1)]
    }),
  )

/** The worse of what the model and, where there is one, the detector make of it; a named defect says more than a score. */
function judgeRegion(reading: Reading, region: Region, earlier: readonly Outcome[]): Finding {
  const anomaly = judgeAnomaly(reading, limitsOf(reading, region), earlier)
  const defect = worstDefect(reading, region)
  if (!defect) return anomaly
  const outcome = persistent(defect.level, earlier, region.limits)
  if (outcome === 'pass' || severity[outcome] < severity[anomaly.outcome]) return anomaly
  const { found: { defectClass, confidence, box }, limit } = defect
  const params = { region: reading.regionName, defectClass, confidence: rounded(confidence), limit, areaPx: rounded(box.width * box.height) }
  return { outcome, reason: { code: 'region/defectClass', params }, margin: limit - confidence }
}

/** Those of the model that decided: a screen has a line of its own. */
const limitsOf = ({ screening, failAbove, unsureAbove }: Reading, { limits }: Region): RegionLimits => (screening ? { ...limits, failAbove, unsureAbove } : limits)

interface Defect {
  readonly found: Detection
  /** The confidence from which on its class counts. */
  readonly limit: number
  readonly level: 'unsure' | 'fail'
  readonly rank: number
}

/** The most severe finding that its class counts, the surest of them; undefined where there is none. */
function worstDefect({ detections = [] }: Reading, { detector }: Region): Defect | undefined {
  return detections
    .flatMap((found): readonly Defect[] => {
      const rule = detector?.classes.find(({ name }) => name === found.defectClass)
      if (!rule || !found.counts) return []
      return [{ found, limit: rule.minConfidence, level: rule.severity === 'minor' ? 'unsure' : 'fail', rank: severities.indexOf(rule.severity) }]
    })
    .sort((a, b) => a.rank - b.rank || b.found.confidence - a.found.confidence)[0]
}

/** What a level comes to after persistence has been asked. */
function persistent(level: Outcome, earlier: readonly Outcome[], { persistence: { count, of } }: RegionLimits): Outcome {
  const recent = [level, ...earlier].slice(0, of)
  const seenAtLeast = (asBad: Outcome): boolean => recent.filter((one) => severity[one] >= severity[asBad]).length >= count
  if (level === 'fail' && seenAtLeast('fail')) return 'fail'
  return level !== 'pass' && seenAtLeast('unsure') ? 'unsure' : 'pass'
}

const worse = (a: Outcome, b: Outcome): Outcome => (severity[a] >= severity[b] ? a : b)

function judgeAnomaly(reading: Reading, limits: RegionLimits, earlier: readonly Outcome[]): Finding {
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

  const outcome = persistent(level, earlier, limits)
  if (outcome === 'fail') return find('fail', 'region/overLimit', failAbove)
  if (outcome === 'unsure') return find('unsure', 'region/unsure', unsureAbove)
  const seen = [level, ...earlier].slice(0, persistence.of).filter((one) => one !== 'pass').length
  return find('pass', 'region/notPersistent', exceeded, { seen, ...persistence })
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

import type { InspectionId, PartId, Sha256 } from './ids.ts'
import { outcomes, type Outcome } from './verdict.ts'

/** Scores that may be compared with each other: one region, one model. */
export interface ScoreSeries {
  readonly series: number
  readonly regionId: string
  readonly regionName: string
  readonly model: Sha256
  /** Place of its newest score in the store: of two series the one with the larger was used later. */
  readonly lastEntry: number
}

/** Another line for one series. Scores above `unsureAbove` are unsure, above `failAbove` fail. */
export interface NewLine {
  readonly series: number
  readonly failAbove: number
  readonly unsureAbove: number
}

export interface StoredScore {
  readonly series: number
  readonly score: number
  readonly failAbove: number
  readonly unsureAbove: number
}

/** One part as the store remembers its scores; `isDefective` is null where nobody knows. */
export interface StoredPart {
  readonly outcome: Outcome
  readonly isDefective: boolean | null
  readonly scores: readonly StoredScore[]
}

export interface ChangedPart {
  readonly resultId: InspectionId
  readonly partId: PartId
  readonly wallTime: string
  readonly before: Outcome
  readonly after: Outcome
}

export interface ReplayTally {
  /** Parts of the series in the period. */
  readonly parts: number
  readonly before: Readonly<Record<Outcome, number>>
  readonly after: Readonly<Record<Outcome, number>>
  /** How many would get another verdict; `changes` names the first of them. */
  readonly changed: number
  readonly changes: readonly ChangedPart[]
  /** Parts whose verdict also hung on a smallest area or on the parts before: counted with the verdict they have. */
  readonly undecided: number
  /** Parts whose truth is known: how many defective ones were accepted, and good ones were not. */
  readonly truth: { readonly defective: number; readonly good: number; readonly missed: BeforeAfter; readonly falseRejects: BeforeAfter }
}

export interface BeforeAfter {
  readonly before: number
  readonly after: number
}

/** More are counted and not named. */
export const namedChanges = 1000

/**
 * What a part's verdict would have been with another line. A verdict that does not follow from the scores alone (smallest area,
 * persistence) is undefined: what was stored is too little to tell.
 */
export function replayPart({ outcome, scores }: StoredPart, line: NewLine): Outcome | undefined {
  if (worstOf(scores) !== outcome) return undefined
  return worstOf(scores.map((score) => (score.series === line.series ? { ...score, ...line } : score)))
}

const worstOf = (scores: readonly StoredScore[]): Outcome => {
  if (scores.some(({ score, failAbove }) => score > failAbove)) return 'fail'
  return scores.some(({ score, unsureAbove }) => score > unsureAbove) ? 'unsure' : 'pass'
}

const noOutcomes: Readonly<Record<Outcome, number>> = { pass: 0, fail: 0, unsure: 0 }
const unmoved: BeforeAfter = { before: 0, after: 0 }
export const emptyTally: ReplayTally = { parts: 0, before: noOutcomes, after: noOutcomes, changed: 0, changes: [], undecided: 0, truth: { defective: 0, good: 0, missed: unmoved, falseRejects: unmoved } }

/** The tally of the parts that have a score of the line's series; `nameOf` is asked for those that change. */
export function tallyReplay<T extends StoredPart>(parts: Iterable<T>, line: NewLine, nameOf: (part: T) => Omit<ChangedPart, 'before' | 'after'>): ReplayTally {
  const before = { ...noOutcomes }
  const after = { ...noOutcomes }
  const truth = { defective: 0, good: 0, missed: { ...unmoved }, falseRejects: { ...unmoved } }
  const changes: ChangedPart[] = []
  let [changed, undecided] = [0, 0]
  for (const part of parts) {
    if (!part.scores.some(({ series }) => series === line.series)) continue
    const replayed = replayPart(part, line)
    const next = replayed ?? part.outcome
    before[part.outcome]++
    after[next]++
    if (replayed === undefined) undecided++
    if (next !== part.outcome && changed++ < namedChanges) changes.push({ ...nameOf(part), before: part.outcome, after: next })
    if (part.isDefective === null) continue
    truth[part.isDefective ? 'defective' : 'good']++
    const wrong = truth[part.isDefective ? 'missed' : 'falseRejects']
    if ((part.outcome === 'pass') === part.isDefective) wrong.before++
    if ((next === 'pass') === part.isDefective) wrong.after++
  }
  return { parts: outcomes.reduce((sum, one) => sum + before[one], 0), before, after, changed, changes, undecided, truth }
}

export function addTallies(a: ReplayTally, b: ReplayTally): ReplayTally {
  const addOutcomes = (x: ReplayTally['before'], y: ReplayTally['before']): ReplayTally['before'] => ({ pass: x.pass + y.pass, fail: x.fail + y.fail, unsure: x.unsure + y.unsure })
  const addMoves = (x: BeforeAfter, y: BeforeAfter): BeforeAfter => ({ before: x.before + y.before, after: x.after + y.after })
  return {
    parts: a.parts + b.parts,
    before: addOutcomes(a.before, b.before),
    after: addOutcomes(a.after, b.after),
    changed: a.changed + b.changed,
    changes: [...a.changes, ...b.changes].slice(0, namedChanges),
    undecided: a.undecided + b.undecided,
    truth: {
      defective: a.truth.defective + b.truth.defective,
      good: a.truth.good + b.truth.good,
      missed: addMoves(a.truth.missed, b.truth.missed),
      falseRejects: addMoves(a.truth.falseRejects, b.truth.falseRejects),
    },
  }
}

import type { CommissioningDraft } from './draft.ts'
import type { StepId } from './steps.ts'

/** One stay at a step. `to` moves with every action there, so that a night with the wizard left open is not counted as work. */
export interface StepVisit {
  readonly step: StepId
  /** Wall time, ISO 8601. */
  readonly from: string
  readonly to: string
}

/** Something that was tried at a step and refused. */
export interface Setback {
  readonly step: StepId
  readonly code: string
  readonly at: string
}

export interface StepRecord {
  readonly spentSeconds: number
  readonly visits: number
  readonly setbacks: readonly Setback[]
}

type Journal = Pick<CommissioningDraft, 'visits'>

const lastOf = ({ visits = [] }: Journal): StepVisit | undefined => visits.at(-1)

export const stepAtWork = (journal: Journal): StepId => lastOf(journal)?.step ?? 'camera'

/** Opening the step that is open already is no new visit. */
export function openVisit(journal: Journal, step: StepId, at: string): readonly StepVisit[] {
  const visits = journal.visits ?? []
  return lastOf(journal)?.step === step ? visits : [...visits, { step, from: at, to: at }]
}

/** Something was done at the open step. */
export function extendVisit(journal: Journal, at: string): readonly StepVisit[] {
  const visits = journal.visits ?? []
  const last = lastOf(journal)
  return last ? [...visits.slice(0, -1), { ...last, to: at }] : visits
}

/** What a step took, over all visits. */
export function recordOf({ visits = [], setbacks = [] }: Pick<CommissioningDraft, 'visits' | 'setbacks'>, step: StepId): StepRecord {
  const own = visits.filter((visit) => visit.step === step)
  return {
    spentSeconds: own.reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / 1_000, 0),
    visits: own.length,
    setbacks: setbacks.filter((one) => one.step === step),
  }
}

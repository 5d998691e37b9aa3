import type { CommissioningDraft } from './draft.ts'
import type { StepId } from './steps.ts'

/** One stay at a step. */
export interface StepVisit {
  readonly step: StepId
  /** Wall time, ISO 8601. */
  readonly from: string
  readonly spentMs: number
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

/** Longer without any action, and nobody is at work: a night with the wizard left open is no night's work. */
const idleMs = 600_000

type Journal = Pick<CommissioningDraft, 'visits'>

const lastOf = ({ visits = [] }: Journal): StepVisit | undefined => visits.at(-1)

export const stepAtWork = (journal: Journal): StepId => lastOf(journal)?.step ?? 'camera'

/** Opening the step that is open already is no new visit. */
export function openVisit(journal: Journal, step: StepId, from: string): readonly StepVisit[] {
  const visits = journal.visits ?? []
  return lastOf(journal)?.step === step ? visits : [...visits, { step, from, spentMs: 0 }]
}

/** The time since the action before was spent at the step that is open. */
export function extendVisit(journal: Journal, sinceLastMs: number): readonly StepVisit[] {
  const visits = journal.visits ?? []
  const last = lastOf(journal)
  return last ? [...visits.slice(0, -1), { ...last, spentMs: last.spentMs + Math.min(sinceLastMs, idleMs) }] : visits
}

/** What a step took, over all visits. */
export function recordOf({ visits = [], setbacks = [] }: Pick<CommissioningDraft, 'visits' | 'setbacks'>, step: StepId): StepRecord {
  const own = visits.filter((visit) => visit.step === step)
  return {
    spentSeconds: own.reduce((sum, { spentMs }) => sum + spentMs, 0) / 1_000,
    visits: own.length,
    setbacks: setbacks.filter((one) => one.step === step),
  }
}

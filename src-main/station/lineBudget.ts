import type { BeltFacts, Encoder, LineSettings } from '../domain/lineSettings.ts'
import type { OutputLine } from '../domain/recipe.ts'
import { pulseWindow, timeBudget, type LineFacts, type NeededChange, type TimeBudget, type WindowMs } from './timeBudget.ts'

/** What a station has measured of itself, for its time budget. */
export interface LineTiming {
  /** `parts`: of this recipe's own parts. `rehearsal`: the bare model when it was learnt, and the I/O test; the camera is not in it. */
  readonly source: 'parts' | 'rehearsal'
  /** How many parts, or loops of the I/O test. */
  readonly n: number
  readonly fastestDecisionMs: number
  readonly slowestDecisionMs: number
  readonly timingErrorMs: number
}

/** What is known before anything was measured: what even an instant decision cannot do is refused all the same. */
export const nothingMeasured: LineTiming = { source: 'rehearsal', n: 0, fastestDecisionMs: 0, slowestDecisionMs: 0, timingErrorMs: 0 }

/** A number of the belt, of the station or of the reject output that must become at least or at most this. */
export interface BudgetChange extends Omit<NeededChange, 'fact'> {
  readonly fact: NeededChange['fact'] | 'delayMs' | 'pulseMs'
}

/** The time budget of a belt together with the reject output as it is set. */
export interface LineBudget extends Omit<TimeBudget, 'changes'> {
  readonly facts: LineFacts
  /** What `delayMs` and the proposal count from. */
  readonly delayFrom: 'decision' | 'trigger'
  /** The reject as set, in ms; encoder counts at the belt's speed. */
  readonly set: { readonly delayMs: number; readonly pulseMs: number }
  /** Legal pulses at the delay that is set; null where that is not legal. */
  readonly pulseMs: WindowMs | null
  readonly proposal: { readonly delayMs: number; readonly pulseMs: number } | null
  /** Empty: it fits. */
  readonly changes: readonly BudgetChange[]
}

/** Whether the ejector hits every bad part and no other with this reject output, and if not, which numbers to change. */
export function lineBudget(belt: BeltFacts, timing: LineTiming, reject: OutputLine, encoder?: Encoder): LineBudget {
  const { fastestDecisionMs, slowestDecisionMs, timingErrorMs } = timing
  const facts: LineFacts = { ...belt, fastestDecisionMs, slowestDecisionMs, timingErrorMs }
  const delayFrom = delayFromOf(reject, encoder)
  const spread = delayFrom === 'trigger' ? { ...facts, fastestDecisionMs: 0, slowestDecisionMs: 0 } : facts
  const budget = delayFrom === 'trigger' ? budgetFromTrigger(facts, spread) : timeBudget(facts)
  const set = setOf(reject, belt, encoder)
  const { delayMs } = budget
  const delayChange = delayMs && outside('delayMs', set.delayMs, delayMs)
  const pulseMs = delayMs && !delayChange ? pulseWindow(spread, set.delayMs) : null
  const pulseChange = pulseMs && outside('pulseMs', set.pulseMs, pulseMs)
  return {
    ...budget, facts, delayFrom, set, pulseMs,
    proposal: delayMs && propose(spread, delayMs),
    changes: [...budget.changes, ...[delayChange, pulseChange].filter((change) => change !== null)],
  }
}

/**
 * Latest time from trigger to decision, in ms, that this line can use: its deadline, and where belt facts are known, when the pulse must begin.
 */
export function decisionAllowanceMs({ deadlineMs, belt, encoder }: Pick<LineSettings, 'deadlineMs' | 'belt' | 'encoder'>, reject: OutputLine): number {
  if (!belt) return deadlineMs
  const { delayMs } = setOf(reject, belt, encoder)
  if (delayFromOf(reject, encoder) === 'trigger') return Math.min(deadlineMs, delayMs)
  return Math.min(deadlineMs, (belt.cameraToEjectorMm / belt.beltSpeedMmPerS) * 1_000 - belt.ejectorReactionMs - delayMs)
}

/** Counted from the trigger, the spread of decisions moves no pulse; the slowest must only be made before it. */
function budgetFromTrigger({ slowestDecisionMs, beltSpeedMmPerS, cameraToEjectorMm }: LineFacts, spread: LineFacts): TimeBudget {
  const budget = timeBudget(spread)
  if (!budget.delayMs) return budget
  const { from, to } = budget.delayMs
  const spareMs = to - slowestDecisionMs
  const marginMs = Math.min(budget.marginMs, spareMs)
  if (spareMs >= 0) return { ...budget, marginMs, delayMs: { from: Math.max(from, slowestDecisionMs), to } }
  return { ...budget, marginMs, delayMs: null, changes: [{ fact: 'cameraToEjectorMm', bound: 'atLeast', value: cameraToEjectorMm - (spareMs * beltSpeedMmPerS) / 1_000 }] }
}

const delayFromOf = ({ counts, delayFrom }: OutputLine, encoder: Encoder | undefined): 'decision' | 'trigger' =>
  counts && encoder ? 'trigger' : (delayFrom ?? 'decision')

function setOf({ counts, delayMs, pulseMs }: OutputLine, { beltSpeedMmPerS }: BeltFacts, encoder: Encoder | undefined): LineBudget['set'] {
  if (!counts || !encoder) return { delayMs, pulseMs }
  const inMs = (count: number): number => (count / encoder.countsPerMm / beltSpeedMmPerS) * 1_000
  return { delayMs: inMs(counts.delay), pulseMs: inMs(counts.pulse) }
}

function outside(fact: 'delayMs' | 'pulseMs', value: number, { from, to }: WindowMs): BudgetChange | null {
  if (value < from) return { fact, bound: 'atLeast', value: from }
  return value > to ? { fact, bound: 'atMost', value: to } : null
}

/** The middle of both windows is as far as can be from every mistake. */
function propose(spread: LineFacts, window: WindowMs): NonNullable<LineBudget['proposal']> {
  const delayMs = middleOf(window)
  return { delayMs, pulseMs: middleOf(pulseWindow(spread, delayMs)) }
}

const middleOf = ({ from, to }: WindowMs): number => Math.min(to, Math.max(from, Math.round(((from + to) / 2) * 10) / 10))

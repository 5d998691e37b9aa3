import type { FaultCode } from '../domain/fault.ts'
import type { PartId } from '../domain/ids.ts'
import type { StopLimits } from '../domain/lineSettings.ts'
import type { LineCounters } from '../domain/lineSignals.ts'
import type { ChallengeTest, StopReason, StopRequest } from '../domain/station.ts'
import type { Outcome } from '../domain/verdict.ts'

/** What the line was told of one part, as it was told it. */
export interface PublishedResult {
  readonly partId: PartId
  /** null: no decision. */
  readonly outcome: Outcome | null
  readonly fault: FaultCode | null
  readonly isChallenge: boolean
  readonly wallTime: string
}

/** What the station remembers of the parts since its start; every part comes here once, when the line is told of it. */
export interface LineTally {
  readonly counters: LineCounters
  readonly rejectsInARow: number
  readonly noDecisionsInARow: number
  readonly stopRequest: StopRequest | null
  readonly lastChallenge: ChallengeTest | null
}

export const freshTally: LineTally = {
  counters: { triggers: 0, passes: 0, rejects: 0, noDecisions: 0, missed: 0, late: 0, overrun: 0 },
  rejectsInARow: 0,
  noDecisionsInARow: 0,
  stopRequest: null,
  lastChallenge: null,
}

/** Without limits (a recipe that says nothing of its line) no number of rejects stops anything. */
export function tallyResult(tally: LineTally, result: PublishedResult, limits: StopLimits | undefined): LineTally {
  const counted = { ...tally, counters: count(tally.counters, result) }
  return result.isChallenge ? tallyChallenge(counted, result) : tallyStreaks(counted, result, limits)
}

/** An accept that the line did not get in time after all is no pass: the part is gone without a decision. */
export function takeBackPass(tally: LineTally, result: PublishedResult, limits: StopLimits | undefined): LineTally {
  const { counters } = tally
  const counted = { ...counters, passes: counters.passes - 1, noDecisions: counters.noDecisions + 1, late: counters.late + Number(result.fault === 'station/late') }
  return result.isChallenge ? { ...tally, counters: counted } : tallyStreaks({ ...tally, counters: counted }, result, limits)
}

/** The first request stays until it is cleared: what follows does not hide why the line was to stop. */
export const requestStop = (tally: LineTally, reason: StopReason, { partId, wallTime }: Pick<StopRequest, 'partId' | 'wallTime'>): LineTally =>
  tally.stopRequest ? tally : { ...tally, stopRequest: { reason, partId, wallTime } }

/** Whoever clears it has looked at the parts: they are counted in a row anew. */
export const clearStopRequest = (tally: LineTally): LineTally => ({ ...tally, stopRequest: null, rejectsInARow: 0, noDecisionsInARow: 0 })

const count = (counters: LineCounters, { outcome, fault }: PublishedResult): LineCounters => ({
  triggers: counters.triggers + 1,
  passes: counters.passes + Number(outcome === 'pass'),
  rejects: counters.rejects + Number(outcome === 'fail' || outcome === 'unsure'),
  noDecisions: counters.noDecisions + Number(outcome === null),
  missed: counters.missed + Number(fault === 'trigger/missed'),
  late: counters.late + Number(fault === 'station/late'),
  overrun: counters.overrun + Number(fault === 'trigger/overrun'),
})

/** A part put there to be rejected says nothing of the parts made here, so no row counts it. */
function tallyChallenge(tally: LineTally, { outcome, partId, wallTime }: PublishedResult): LineTally {
  const result = outcome === null ? 'undecided' : outcome === 'pass' ? 'accepted' : 'found'
  const tested = { ...tally, lastChallenge: { result, partId, wallTime } as const }
  return result === 'accepted' ? requestStop(tested, 'challengeAccepted', { partId, wallTime }) : tested
}

/** A part without a decision neither continues nor ends a row of rejects: nobody knows what it is. */
function tallyStreaks(tally: LineTally, result: PublishedResult, limits: StopLimits | undefined): LineTally {
  const { outcome } = result
  const rejectsInARow = outcome === 'pass' ? 0 : tally.rejectsInARow + Number(outcome !== null)
  const noDecisionsInARow = outcome === null ? tally.noDecisionsInARow + 1 : 0
  const next = { ...tally, rejectsInARow, noDecisionsInARow }
  if (limits && rejectsInARow >= limits.rejectsInARow) return requestStop(next, 'rejectsInARow', result)
  if (limits && noDecisionsInARow >= limits.noDecisionsInARow) return requestStop(next, 'noDecisionsInARow', result)
  return next
}

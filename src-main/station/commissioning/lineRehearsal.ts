import { fingerprintOf } from '../../domain/fingerprint.ts'
import { lineBudget, type LineBudget, type LineTiming } from '../lineBudget.ts'
import type { CommissioningDraft } from './draft.ts'

/** What the loops of the I/O test depend on. */
export const lineBasis = ({ plc, line }: Pick<CommissioningDraft, 'plc' | 'line'>): string => fingerprintOf({ plc, line })

/**
 * What is known of a line's times before its first part: the bare time of its models when they were learnt, and the I/O test with this
 * wiring. Camera, decoding and storage come on top, and are known after the first parts.
 */
export function rehearsedTiming(draft: CommissioningDraft): LineTiming {
  const modelMs = (draft.learnt?.regions ?? []).reduce((sum, { latencyMs }) => sum + (latencyMs ?? 0), 0)
  const test = draft.lineTest?.basis === lineBasis(draft) ? draft.lineTest : undefined
  return {
    source: 'rehearsal',
    n: test?.done ?? 0,
    fastestDecisionMs: modelMs,
    slowestDecisionMs: modelMs + (test?.latencyMs?.max ?? 0),
    timingErrorMs: test?.timingErrorMs ?? 0,
  }
}

/** The draft's time budget; null where the belt is not described. */
export const draftBudget = (draft: CommissioningDraft): LineBudget | null =>
  draft.line?.belt ? lineBudget(draft.line.belt, rehearsedTiming(draft), draft.plc.wiring.reject, draft.line.encoder) : null

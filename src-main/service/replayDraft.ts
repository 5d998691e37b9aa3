import { succeed, type Result } from '../domain/result.ts'
import { replayThreshold } from '../monitoring/replayThreshold.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ThresholdChoice } from '../station/commissioning/applyAction.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import type { ReplayView } from '../../src-preload/contract/views.ts'

/** A line of the draft over every part that the draft's own model has judged on this station; null when there is none. */
export async function replayDraft(
  evidence: Pick<EvidencePort, 'scoreSeries' | 'replay'>, { learnt }: Pick<CommissioningDraft, 'learnt'>,
  { regionId, failAbove, unsureAbove }: Pick<ThresholdChoice, 'regionId' | 'failAbove' | 'unsureAbove'>, signal: AbortSignal | undefined,
): Promise<Result<ReplayView | null>> {
  const model = learnt?.regions.find((region) => region.regionId === regionId)?.model.sha256
  const all = await evidence.scoreSeries()
  if (!all.ok) return all
  const found = all.value.find((series) => series.regionId === regionId && series.model === model)
  if (!found) return succeed(null)
  const tally = await replayThreshold(evidence, { series: found.series, failAbove, unsureAbove }, {}, signal)
  if (!tally.ok) return tally
  const { parts, changed, undecided, before, after } = tally.value
  return succeed({ parts, changed, undecided, passBefore: before.pass, passAfter: after.pass })
}

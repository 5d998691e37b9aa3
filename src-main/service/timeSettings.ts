import { fault } from '../domain/fault.ts'
import { featureSettingNames, type AnomalyMethod } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { SettingLatency, SettingTimer } from '../ports/learner.ts'
import type { CommissioningDraft, MethodTiming } from '../station/commissioning/draft.ts'
import { boundsToTime, timingBasis } from '../station/commissioning/modelChoice.ts'
import type { ReportProgress } from './jobs.ts'

/**
 * What each setting takes for one part, region after region, so that there is progress to show. Faults: request/wrongMode while there is
 * no region, learning/cancelled, and the learner's.
 */
export async function timeSettings(draft: CommissioningDraft, method: AnomalyMethod, timer: SettingTimer, report: ReportProgress, signal: AbortSignal): Promise<Result<MethodTiming>> {
  const regions = boundsToTime(draft)
  if (regions.length === 0) return fail(fault('request/wrongMode', 'draw a region first: the time depends on its size'))
  const measured: (readonly SettingLatency[])[] = []
  for (const bounds of regions) {
    const found = await timer.measureSettings({ method, regions: [bounds] }, signal)
    if (!found.ok) return found
    measured.push(found.value)
    report({ done: measured.length / regions.length, stage: 'measureSettings' })
  }
  const together = (name: string): number => measured.flat().reduce((sum, { setting, latencyMs }) => sum + (setting === name ? latencyMs : 0), 0)
  return succeed({ basis: timingBasis(draft), method, latencies: featureSettingNames.map((setting) => ({ setting, latencyMs: together(setting) })) })
}

import { featureSettingNames, type FeatureSettingName } from '../domain/recipe.ts'
import type { SettingLatency } from '../ports/learner.ts'

/** Share of the cycle that the model may take; the camera, the evidence and the outputs need theirs. */
const modelShare = 0.5

export interface SettingProposal {
  readonly setting: FeatureSettingName
  /** False when even the fast setting takes more than its share of the cycle: then that is the one proposed. */
  readonly fits: boolean
}

/** The most thorough setting whose model, with all regions of a part, takes at most half of the cycle. */
export function proposeSetting(latencies: readonly SettingLatency[], cycleTimeMs: number): SettingProposal {
  const fitting = new Set(latencies.filter(({ latencyMs }) => latencyMs <= modelShare * cycleTimeMs).map(({ setting }) => setting))
  const setting = featureSettingNames.findLast((name) => fitting.has(name))
  return { setting: setting ?? featureSettingNames[0], fits: setting !== undefined }
}

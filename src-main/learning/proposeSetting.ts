import type { FeatureSettingName } from '../domain/recipe.ts'
import type { SettingLatency } from '../ports/learner.ts'

/** Share of the cycle that the model may take; the camera, the evidence and the outputs need theirs. */
const modelShare = 0.5

const proposed: readonly FeatureSettingName[] = ['standard', 'fast']

export interface SettingProposal {
  readonly setting: FeatureSettingName
  /** False when even the fast setting takes more than its share of the cycle: then that is the one proposed. */
  readonly fits: boolean
}

/**
 * The standard setting where its model, with all regions of a part, takes at most half of the cycle, else the fast one. The detailed one
 * is there to be chosen for small defects: on surfaces it measured worse than the standard one (docs/models.md).
 */
export function proposeSetting(latencies: readonly SettingLatency[], cycleTimeMs: number): SettingProposal {
  const fitting = new Set(latencies.filter(({ latencyMs }) => latencyMs <= modelShare * cycleTimeMs).map(({ setting }) => setting))
  const setting = proposed.find((name) => fitting.has(name))
  return { setting: setting ?? 'fast', fits: setting !== undefined }
}

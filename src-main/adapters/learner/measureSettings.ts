import { featureSettingNames } from '../../domain/recipe.ts'
import { featureSettings } from '../../learning/featureSetting.ts'
import { inputSizeFor } from '../../learning/inputSize.ts'
import { rehearsalModel } from '../../learning/rehearsalModel.ts'
import type { SettingLatency, SettingsToMeasure } from '../../ports/learner.ts'
import { measureLatency } from './measureLatency.ts'

/** Each setting's time for one part on this machine, before anything is learnt. */
export async function measureSettings({ method, regions }: SettingsToMeasure): Promise<readonly SettingLatency[]> {
  const latencies: SettingLatency[] = []
  for (const setting of featureSettingNames) {
    let latencyMs = 0
    for (const bounds of regions) {
      const size = inputSizeFor(bounds, featureSettings[setting].inputSize)
      latencyMs += await measureLatency(rehearsalModel({ method, setting }, size), size)
    }
    latencies.push({ setting, latencyMs })
  }
  return latencies
}

import { createHash } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { Sha256 } from '../../domain/ids.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { enrolRegion } from '../../learning/enrol.ts'
import { featureSettings } from '../../learning/featureSetting.ts'
import { filterBankFeatures, type FeatureSource } from '../../learning/featureSource.ts'
import type { LearningTools } from '../../learning/learningTools.ts'
import type { EnrolledRegion, LearningProgress, RegionToLearn } from '../../ports/learner.ts'
import type { LaneContext } from '../lane/lane.ts'
import { measureLatency } from './measureLatency.ts'
import { measureSettings } from './measureSettings.ts'
import { onnxGraphOpener } from './onnxGraph.ts'

export type RegionFacts = Omit<RegionToLearn, 'crops'>

/** Share of a region's work that is done when a stage begins, and its own share; as measured on 100 images of 256×256. */
const stages = {
  features: { begins: 0, share: 0.5 },
  whitening: { begins: 0.5, share: 0.02 },
  gaussians: { begins: 0.52, share: 0.3 },
  holdOut: { begins: 0.82, share: 0.17 },
  sealing: { begins: 0.99, share: 0.01 },
} as const satisfies Record<LearningProgress['stage'], { begins: number; share: number }>

/** Before this share is done, the time that the rest will take is a guess. */
const etaFrom = 0.05

/** Where the features of a region come from; a backbone may turn out to be unfit. */
export type SourceOf = (region: RegionToLearn) => Promise<Result<FeatureSource>>

const ownFeatures: SourceOf = ({ setting }) => Promise.resolve(succeed(filterBankFeatures(featureSettings[setting])))

/** What the learning process answers: regions with their crops one after the other, then `enrol`, once. */
export function learnerMethods(threads: number, sourceOf: SourceOf = ownFeatures) {
  const regions: (RegionFacts & { readonly crops: Uint8Array[] })[] = []
  const openGraph = onnxGraphOpener(threads)
  return {
    addRegion: async (facts: RegionFacts): Promise<void> => { regions.push({ ...facts, crops: [] }) },
    addCrop: async (crop: Uint8Array): Promise<void> => { regions.at(-1)!.crops.push(crop) },
    async enrol(seed: number, { notify }: LaneContext): Promise<Result<readonly EnrolledRegion[]>> {
      const begunMs = performance.now()
      const enrolled: EnrolledRegion[] = []
      for (const [i, region] of regions.entries()) {
        const regionBegunMs = performance.now()
        const report: LearningTools['report'] = async (stage, share) => {
          const done = (i + stages[stage].begins + stages[stage].share * share) / regions.length
          const etaSeconds = done < etaFrom ? null : ((performance.now() - begunMs) / 1000) * (1 / done - 1)
          notify({ stage, regionId: region.id, done, etaSeconds } satisfies LearningProgress)
          await giveWay()
        }
        const source = await sourceOf(region)
        if (!source.ok) return source
        const learned = await enrolRegion(region, seed, { openGraph, report }, source.value)
        if (!learned.ok) return learned
        const { modelBytes, model, limits, holdOutScores, firstAlike } = learned.value
        const sha256 = createHash('sha256').update(modelBytes).digest('hex') as Sha256
        const latencyMs = await measureLatency(modelBytes, model)
        const seconds = (performance.now() - regionBegunMs) / 1000
        enrolled.push({ regionId: region.id, model: { ...model, sha256, bytes: modelBytes.length }, modelBytes, limits, holdOutScores, firstAlike, seconds, latencyMs })
      }
      return succeed(enrolled)
    },
    measureSettings,
  }
}

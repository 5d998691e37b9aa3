import { availableParallelism } from 'node:os'
import { learnerMethods } from '../../adapters/learner/learnerMethods.ts'
import { fault } from '../../domain/fault.ts'
import { minimumBaselineImages, type AnomalyMethod } from '../../domain/recipe.ts'
import { fail } from '../../domain/result.ts'
import type { LearnerPort, LearningProgress } from '../../ports/learner.ts'
import { chooseBackbone, type BackboneWishes, type ChosenBackbone } from './chooseBackbone.ts'
import type { OpenedModel } from './readForeignModel.ts'

/**
 * Learning with somebody else's backbone in place of the filter bank, in this very process: for a command, not for a running station.
 * `onChosen` hears what was found in the file, before anything is learnt.
 */
export function backboneLearner(opened: OpenedModel, wishes: BackboneWishes & { readonly method: AnomalyMethod }, onChosen: (backbone: ChosenBackbone) => void): LearnerPort {
  return {
    async enrol({ regions, seed }, onProgress, signal) {
      const images = Math.min(...regions.map(({ crops }) => crops.length))
      if (images < minimumBaselineImages)
        return fail(fault('learning/tooFewImages', `learning needs at least ${minimumBaselineImages} good images`, { measured: images, limit: minimumBaselineImages }))
      const methods = learnerMethods(availableParallelism(), async (region) => {
        const chosen = await chooseBackbone(opened, wishes, region)
        if (!chosen.ok) return chosen
        onChosen(chosen.value)
        return { ok: true, value: chosen.value.source }
      })
      for (const { crops, ...facts } of regions) {
        await methods.addRegion({ ...facts, method: wishes.method })
        for (const crop of crops) await methods.addCrop(crop)
      }
      const stop = new Error('learning was cancelled')
      const notify = (progress: unknown): void => {
        if (signal.aborted) throw stop
        onProgress(progress as LearningProgress)
      }
      try {
        return await methods.enrol(seed, { notify, signal })
      } catch (error) {
        if (error !== stop) throw error
        return fail(fault('learning/cancelled', stop.message))
      }
    },
  }
}

import { fault } from '../../domain/fault.ts'
import { minimumBaselineImages } from '../../domain/recipe.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { EnrolRequest, LearnerPort, SettingLatency, SettingTimer } from '../../ports/learner.ts'
import type { Lane } from '../lane/lane.ts'
import type { RegionFacts } from './learnerMethods.ts'
import { withLearningProcess } from './learningProcess.ts'

type Enrolled = Awaited<ReturnType<LearnerPort['enrol']>>

/** A child process of its own for each enrolment, and for each measurement. `bindingPath` names the build of onnxruntime to use where it is not the one from npm. */
export function processLearner(entry: URL, bindingPath?: string): LearnerPort & SettingTimer {
  return {
    async enrol(request, onProgress, signal) {
      const images = Math.min(...request.regions.map((region) => region.crops.length))
      if (images < minimumBaselineImages)
        return fail(fault('learning/tooFewImages', `learning needs at least ${minimumBaselineImages} good images`, { measured: images, limit: minimumBaselineImages }))
      return withLearningProcess({ entry, bindingPath }, signal, async (lane): Promise<Enrolled> => {
        await handOver(request, lane)
        return lane.call('enrol', request.seed, { onNote: onProgress })
      })
    },
    measureSettings: (asked, signal) =>
      withLearningProcess({ entry, bindingPath }, signal, async (lane) => succeed(await lane.call<readonly SettingLatency[]>('measureSettings', asked))),
  }
}

/** Crop by crop, each waited for: writing them all at once would block this loop and double their memory. */
export async function handOver({ regions }: Pick<EnrolRequest, 'regions'>, lane: Lane): Promise<void> {
  for (const { crops, ...facts } of regions) {
    await lane.call('addRegion', facts satisfies RegionFacts)
    for (const crop of crops) await lane.call('addCrop', crop)
  }
}

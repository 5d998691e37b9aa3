import { fault } from '../domain/fault.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { featureSettings } from '../learning/featureSetting.ts'
import type { ImporterPort } from '../ports/importer.ts'
import { planLearning } from '../station/commissioning/applyAction.ts'
import type { CommissioningDraft, LearntModels } from '../station/commissioning/draft.ts'
import { choiceOf } from '../station/commissioning/modelChoice.ts'
import type { ReportProgress } from './jobs.ts'
import { learnModels, type Classroom } from './learnModels.ts'

/** The same parts give the same models. */
const seed = 1

/** Learns what a draft has decided, with the station's own features or with the file that it has taken in. Faults: camera/unavailable before one is chosen, and those of learning. */
export async function learnDraft(draft: CommissioningDraft, room: Classroom & { readonly importer: ImporterPort }, report: ReportProgress, signal: AbortSignal): Promise<Result<LearntModels>> {
  const { camera, regions, alignment, source } = draft
  if (!camera) return fail(fault('camera/unavailable', 'no camera was chosen'))
  const { basis, frames } = planLearning(draft)
  const choice = choiceOf(draft)
  const { inputSize } = featureSettings[choice.setting]
  const learner = source ? room.importer.learnerFrom(source) : room.learner
  const learnt = await learnModels(frames, { regions, alignment: alignment?.taught, frameSize: camera.frameSize, choice, inputSize, seed }, { ...room, learner }, report, signal)
  return learnt.ok ? succeed({ basis, frameIds: frames.map(({ id }) => id), regions: learnt.value }) : learnt
}

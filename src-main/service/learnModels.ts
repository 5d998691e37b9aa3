import { boundsOf } from '../domain/geometry.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import { inputSizeFor } from '../learning/inputSize.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LearnerPort, RegionToLearn } from '../ports/learner.ts'
import type { CropPlan, PixelsPort } from '../ports/pixels.ts'
import type { BaselineFrame, DraftRegion, LearntRegion } from '../station/commissioning/draft.ts'
import type { ReportProgress } from './jobs.ts'
import { storedCapture } from './storedCapture.ts'

export interface Classroom {
  readonly evidence: EvidencePort
  readonly pixels: PixelsPort
  readonly learner: LearnerPort
  readonly maxPixels: number
}

export interface Lesson {
  readonly frames: readonly BaselineFrame[]
  readonly regions: readonly DraftRegion[]
  readonly frameSize: { readonly widthPx: number; readonly heightPx: number }
  readonly inputSize: number
  readonly seed: number
}

/** Reading and cutting the stored pictures, against learning itself, in share of the whole. */
const readingShare = 0.2

/** Stored baseline pictures → crops → sealed models, which are kept under their hash before this resolves. */
export async function learnModels(lesson: Lesson, room: Classroom, report: ReportProgress, signal: AbortSignal): Promise<Result<readonly LearntRegion[]>> {
  const plans = lesson.regions.map((region) => planOf(region, lesson))
  const cut = await cutBaseline(lesson, plans, room, (done) => { report({ done: done * readingShare, stage: 'reading' }) }, signal)
  if (!cut.ok) return cut
  const regions = plans.map<RegionToLearn>(({ id, shape, masks, model }, i) => ({
    id, shape, masks, inputWidthPx: model.inputWidthPx, inputHeightPx: model.inputHeightPx, crops: cut.value[i]!,
  }))
  const enrolled = await room.learner.enrol({ regions, seed: lesson.seed }, ({ done, stage, etaSeconds }) => {
    report({ done: readingShare + done * (1 - readingShare), stage, etaSeconds })
  }, signal)
  if (!enrolled.ok) return enrolled
  const learnt: LearntRegion[] = []
  for (const { modelBytes, ...region } of enrolled.value) {
    const kept = await room.evidence.keep('model', modelBytes)
    if (!kept.ok) return kept
    learnt.push(region)
  }
  return { ok: true, value: learnt }
}

function planOf({ id, shape, masks }: DraftRegion, { frameSize, inputSize }: Lesson): CropPlan {
  const size = inputSizeFor(boundsOf(shape, frameSize.widthPx, frameSize.heightPx), inputSize)
  return { id, shape, masks, model: { sha256: '' as Sha256, ...size } }
}

/** One picture at a time, so that memory holds the crops and never the whole baseline. Gives crops per region, in the frames' order. */
async function cutBaseline({ frames }: Lesson, plans: readonly CropPlan[], room: Classroom, onDone: (share: number) => void, signal: AbortSignal): Promise<Result<readonly (readonly Uint8Array[])[]>> {
  const crops = plans.map(() => new Array<Uint8Array>())
  for (const [i, frame] of frames.entries()) {
    if (signal.aborted) break
    const bytes = await room.evidence.fetch('baseline', frame.id)
    const opened = bytes.ok ? await room.pixels.open(storedCapture({ bytes: bytes.value, mediaType: frame.mediaType }), room.maxPixels) : bytes
    if (!opened.ok) return opened
    const cut = await room.pixels.cut(opened.value.image, plans)
    cut.forEach((crop, region) => crops[region]!.push(crop.data))
    onDone((i + 1) / frames.length)
  }
  return { ok: true, value: crops }
}

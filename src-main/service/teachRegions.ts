import type { Alignment } from '../domain/alignment.ts'
import { fault } from '../domain/fault.ts'
import type { Frame, FrameQuality } from '../domain/frame.ts'
import { boundsOf } from '../domain/geometry.ts'
import type { Sha256 } from '../domain/ids.ts'
import { defaultModelChoice, type ModelChoice, type Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { inputSizeFor } from '../learning/inputSize.ts'
import type { EnrolledRegion, LearnerPort, RegionToLearn } from '../ports/learner.ts'
import type { CropPlan, PixelsPort } from '../ports/pixels.ts'
import type { ReportProgress } from './jobs.ts'

/** A good part, opened when its turn comes, so that memory holds the crops and never the whole baseline. */
export interface BaselinePicture {
  /** For messages. */
  readonly name: string
  readonly open: () => Promise<Result<Frame>>
}

export interface Lesson {
  readonly pictures: readonly BaselinePicture[]
  readonly regions: readonly Pick<Region, 'id' | 'shape' | 'masks'>[]
  readonly frameSize: { readonly widthPx: number; readonly heightPx: number }
  /** Present: regions are places on the part, wherever it lies in a picture. */
  readonly alignment?: Alignment | undefined
  /** A model's input has about inputSize² pixels. */
  readonly inputSize: number
  /** Absent: PaDiM on the standard features. */
  readonly choice?: ModelChoice
  readonly seed: number
}

export interface Learnt {
  readonly regions: readonly EnrolledRegion[]
  /** What they were learnt from: per region, in the pictures' order. */
  readonly crops: readonly (readonly Uint8Array[])[]
  /** Of the pictures, in their order: what the limits of `checkFrame` come from. */
  readonly qualities: readonly FrameQuality[]
}

/** Reading and cutting the pictures, against learning itself, in share of the whole. */
const readingShare = 0.15

/**
 * Pictures of good parts → sealed models. Faults: those of opening a picture, frame/wrongSize when sizes differ,
 * frame/notAligned where the part is not found (the detail names the picture), and the learner's.
 */
export async function teachRegions(lesson: Lesson, tools: { readonly pixels: PixelsPort; readonly learner: LearnerPort }, report: ReportProgress, signal: AbortSignal): Promise<Result<Learnt>> {
  const cut = await cropRegions(lesson, tools.pixels, (share) => { report({ done: share * readingShare, stage: 'reading' }) }, signal)
  if (!cut.ok) return cut
  const { regions, qualities } = cut.value
  const enrolled = await tools.learner.enrol(
    { regions, seed: lesson.seed },
    ({ done, stage, etaSeconds }) => { report({ done: readingShare + done * (1 - readingShare), stage, etaSeconds }) },
    signal,
  )
  return enrolled.ok ? succeed({ regions: enrolled.value, crops: regions.map(({ crops }) => crops), qualities }) : enrolled
}

export interface CroppedRegions {
  readonly regions: readonly RegionToLearn[]
  readonly qualities: readonly FrameQuality[]
}

/** Pictures cut for a learner, one open at a time. Faults: as `teachRegions`, but for the learner's. */
export async function cropRegions(lesson: Lesson, pixels: PixelsPort, onDone: (share: number) => void, signal: AbortSignal): Promise<Result<CroppedRegions>> {
  const plans = lesson.regions.map((region) => planOf(region, lesson))
  const cut = await cutPictures(lesson, plans, pixels, onDone, signal)
  if (!cut.ok) return cut
  const { crops, qualities } = cut.value
  const choice = lesson.choice ?? defaultModelChoice
  return succeed({ qualities, regions: plans.map(({ id, shape, masks, model: { inputWidthPx, inputHeightPx } }, i) => ({ id, shape, masks, ...choice, inputWidthPx, inputHeightPx, crops: crops[i]! })) })
}

/** The crop plan of a region that has no model yet: its hash is still to come. */
const planOf = ({ id, shape, masks }: Lesson['regions'][number], { frameSize, inputSize }: Lesson): CropPlan =>
  ({ id, shape, masks, model: { sha256: '' as Sha256, ...inputSizeFor(boundsOf(shape, frameSize.widthPx, frameSize.heightPx), inputSize) } })

interface CutPictures {
  /** Per region, in the pictures' order. */
  readonly crops: readonly (readonly Uint8Array[])[]
  readonly qualities: readonly FrameQuality[]
}

async function cutPictures({ pictures, frameSize, alignment }: Lesson, plans: readonly CropPlan[], pixels: PixelsPort, onDone: (share: number) => void, signal: AbortSignal): Promise<Result<CutPictures>> {
  const crops = plans.map((): Uint8Array[] => [])
  const qualities: FrameQuality[] = []
  for (const { name, open } of pictures) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'learning was cancelled'))
    const frame = await open()
    if (!frame.ok) return frame
    const { image, quality } = frame.value
    if (image.widthPx !== frameSize.widthPx || image.heightPx !== frameSize.heightPx)
      return fail(fault('frame/wrongSize', `${name} is ${image.widthPx}×${image.heightPx} px and not ${frameSize.widthPx}×${frameSize.heightPx} px; a baseline has one size`))
    const pose = alignment && await pixels.align(image, alignment)
    if (pose && !pose.ok) return fail({ ...pose.fault, detail: `${name}: ${pose.fault.detail}` })
    const cut = await pixels.cut(image, plans, pose?.value)
    cut.forEach((crop, region) => crops[region]!.push(crop.data))
    qualities.push(quality)
    onDone(qualities.length / pictures.length)
  }
  return succeed({ crops, qualities })
}

import type { FrameQuality } from '../domain/frame.ts'
import { fault } from '../domain/fault.ts'
import { boundsOf, type Rectangle } from '../domain/geometry.ts'
import type { RegionId, Sha256 } from '../domain/ids.ts'
import type { Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { frameLimitsFrom } from '../learning/frameLimits.ts'
import { inputSizeFor } from '../learning/inputSize.ts'
import type { EnrolledRegion, LearnerPort } from '../ports/learner.ts'
import type { CropPlan, PixelsPort } from '../ports/pixels.ts'
import { emptyDraft } from '../station/commissioning/draft.ts'
import { recipeText } from '../records/recipeText.ts'
import type { ReportProgress } from '../service/jobs.ts'
import { openStored } from './imageFolder.ts'
import { hashOf, type CompleteRecipe } from './recipeFile.ts'

export interface EnrolPlan {
  readonly name: string
  readonly source: string
  /** Pictures of good parts; one is in memory at a time. */
  readonly files: readonly string[]
  /** The whole image where none is given. */
  readonly region?: Rectangle
  /** The model's input has about inputSize² pixels. */
  readonly inputSize: number
  readonly seed: number
}

export interface EnrolledRecipe extends CompleteRecipe {
  readonly region: EnrolledRegion
  /** From the first picture read to the sealed model. */
  readonly seconds: number
}

export interface EnrolTools {
  readonly pixels: PixelsPort
  readonly learner: LearnerPort
  readonly monotonicMs: () => number
}

/** Larger baseline pictures are refused before they are decoded. */
const maxPixels = 100_000_000

const regionId = 'region-1' as RegionId
/** Reading and cutting the pictures, against learning itself, in share of the whole. */
const readingShare = 0.1

/**
 * Good images → a recipe of one region and its sealed model, without a screen. Faults: those of opening a file (the detail names it),
 * frame/wrongSize when they differ in size, request/invalid for a region outside them, and the learner's.
 */
export async function enrolRecipe(plan: EnrolPlan, tools: EnrolTools, report: ReportProgress, signal: AbortSignal): Promise<Result<EnrolledRecipe>> {
  const startedMs = tools.monotonicMs()
  const baseline = await cutBaseline(plan, tools, (done) => { report({ stage: 'reading', done: done * readingShare }) }, signal)
  if (!baseline.ok) return baseline
  const { region, crops, qualities, frameSize } = baseline.value
  const { id, shape, masks, model: { inputWidthPx, inputHeightPx } } = region
  const enrolled = await tools.learner.enrol(
    { regions: [{ id, shape, masks, inputWidthPx, inputHeightPx, crops }], seed: plan.seed },
    ({ stage, done, etaSeconds }) => { report({ stage, done: readingShare + done * (1 - readingShare), etaSeconds }) },
    signal,
  )
  if (!enrolled.ok) return enrolled
  const learnt = enrolled.value[0]!
  const recipe: Recipe = {
    schema: 1,
    name: plan.name,
    camera: { source: plan.source, settings: {} },
    frame: frameLimitsFrom(qualities, frameSize),
    regions: [{ id, name: 'Region 1', shape, masks, model: learnt.model, limits: learnt.limits }],
    outputs: emptyDraft.plc.wiring,
  }
  const models = new Map<Sha256, Uint8Array>([[learnt.model.sha256, learnt.modelBytes]])
  return succeed({ recipe, sha256: hashOf(recipeText(recipe)), models, region: learnt, seconds: (tools.monotonicMs() - startedMs) / 1000 })
}

interface CutBaseline {
  readonly region: CropPlan
  readonly frameSize: { readonly widthPx: number; readonly heightPx: number }
  readonly crops: readonly Uint8Array[]
  readonly qualities: readonly FrameQuality[]
}

async function cutBaseline(plan: EnrolPlan, { pixels }: EnrolTools, onDone: (share: number) => void, signal: AbortSignal): Promise<Result<CutBaseline>> {
  const crops: Uint8Array[] = []
  const qualities: FrameQuality[] = []
  let first: Pick<CutBaseline, 'region' | 'frameSize'> | undefined
  for (const file of plan.files) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'enrolment was cancelled'))
    const frame = await openStored(file, pixels, maxPixels)
    if (!frame.ok) return frame
    const { widthPx, heightPx } = frame.value.image
    if (!first) {
      const region = regionIn(plan, widthPx, heightPx)
      if (!region.ok) return region
      first = { region: region.value, frameSize: { widthPx, heightPx } }
    }
    const { frameSize, region } = first
    if (widthPx !== frameSize.widthPx || heightPx !== frameSize.heightPx)
      return fail(fault('frame/wrongSize', `${file} is ${widthPx}×${heightPx} px, the images before it are ${frameSize.widthPx}×${frameSize.heightPx} px; a baseline has one size`))
    const [crop] = await pixels.cut(frame.value.image, [region])
    crops.push(crop!.data)
    qualities.push(frame.value.quality)
    onDone(crops.length / plan.files.length)
  }
  return first ? succeed({ ...first, crops, qualities }) : fail(fault('learning/tooFewImages', 'there is no image to learn from'))
}

function regionIn({ region, inputSize }: EnrolPlan, widthPx: number, heightPx: number): Result<CropPlan> {
  const shape = region ?? { kind: 'rectangle', x: 0, y: 0, width: widthPx, height: heightPx }
  if (shape.x < 0 || shape.y < 0 || shape.x + shape.width > widthPx || shape.y + shape.height > heightPx)
    return fail(fault('request/invalid', `the region ${shape.x},${shape.y},${shape.width},${shape.height} does not lie within the images of ${widthPx}×${heightPx} px`))
  return succeed({ id: regionId, shape, masks: [], model: { sha256: '' as Sha256, ...inputSizeFor(boundsOf(shape, widthPx, heightPx), inputSize) } })
}

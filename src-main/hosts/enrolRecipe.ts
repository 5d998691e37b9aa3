import type { AlignmentLesson } from '../domain/alignment.ts'
import { fault } from '../domain/fault.ts'
import type { Rectangle } from '../domain/geometry.ts'
import type { RegionId, Sha256 } from '../domain/ids.ts'
import { defaultModelChoice, type ModelChoice, type Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { frameLimitsFrom } from '../learning/frameLimits.ts'
import type { EnrolledRegion, LearnerPort } from '../ports/learner.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { choosePinnedFrames } from '../station/choosePinnedFrames.ts'
import { emptyDraft } from '../station/commissioning/draft.ts'
import { recipeText } from '../records/recipeText.ts'
import type { ReportProgress } from '../service/jobs.ts'
import { teachRegions } from '../service/teachRegions.ts'
import { openStored } from './imageFolder.ts'
import { hashOf, type CompleteRecipe } from './recipeFile.ts'

export interface EnrolPlan extends Partial<ModelChoice> {
  readonly name: string
  readonly source: string
  /** Pictures of good parts; one is in memory at a time. */
  readonly files: readonly string[]
  /** The whole image where none is given. */
  readonly region?: Rectangle
  /** By what the part is found again, taken from the first picture; absent: parts lie still. */
  readonly align?: AlignmentLesson
  /** The model's input has about inputSize² pixels. */
  readonly inputSize: number
  readonly seed: number
}

export interface EnrolledRecipe extends CompleteRecipe {
  readonly region: EnrolledRegion
  /** Of the pictures, those worth pinning in a parity seal. */
  readonly pinnedFiles: readonly string[]
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

/**
 * Good images → a recipe of one region and its sealed model, without a screen. Faults: those of opening a file (the detail names it),
 * frame/wrongSize when they differ in size, request/invalid for a region outside them, alignment/* where
 * nothing in `align` can be found again, frame/notAligned for a picture in which it is not found, and the learner's.
 */
export async function enrolRecipe(plan: EnrolPlan, tools: EnrolTools, report: ReportProgress, signal: AbortSignal): Promise<Result<EnrolledRecipe>> {
  const startedMs = tools.monotonicMs()
  const [firstFile] = plan.files
  if (firstFile === undefined) return fail(fault('learning/tooFewImages', 'there is no image to learn from'))
  const first = await openStored(firstFile, tools.pixels, maxPixels)
  if (!first.ok) return first
  const frameSize = { widthPx: first.value.image.widthPx, heightPx: first.value.image.heightPx }
  const shape = regionIn(plan, frameSize)
  if (!shape.ok) return shape
  const alignment = plan.align && await tools.pixels.teachAlignment(first.value.image, plan.align)
  if (alignment && !alignment.ok) return alignment
  const region = { id: regionId, shape: shape.value, masks: [] }
  const pictures = plan.files.map((file) => ({ name: file, open: () => openStored(file, tools.pixels, maxPixels) }))
  const { method = defaultModelChoice.method, setting = defaultModelChoice.setting } = plan
  const taught = await teachRegions({ pictures, regions: [region], choice: { method, setting }, frameSize, alignment: alignment?.value, inputSize: plan.inputSize, seed: plan.seed }, tools, report, signal)
  if (!taught.ok) return taught
  const learnt = taught.value.regions[0]!
  const recipe: Recipe = {
    schema: 1,
    name: plan.name,
    camera: { source: plan.source, settings: {} },
    frame: frameLimitsFrom(taught.value.qualities, frameSize),
    ...(alignment && { alignment: alignment.value }),
    regions: [{ ...region, name: 'Region 1', model: learnt.model, limits: learnt.limits }],
    outputs: emptyDraft.plc.wiring,
  }
  const models = new Map<Sha256, Uint8Array>([[learnt.model.sha256, learnt.modelBytes]])
  return succeed({ recipe, sha256: hashOf(recipeText(recipe)), models, region: learnt, pinnedFiles: choosePinnedFrames([learnt]).map((place) => plan.files[place]!), seconds: (tools.monotonicMs() - startedMs) / 1000 })
}

function regionIn({ region }: EnrolPlan, { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Result<Rectangle> {
  const shape: Rectangle = region ?? { kind: 'rectangle', x: 0, y: 0, width: widthPx, height: heightPx }
  if (shape.x < 0 || shape.y < 0 || shape.x + shape.width > widthPx || shape.y + shape.height > heightPx)
    return fail(fault('request/invalid', `the region ${shape.x},${shape.y},${shape.width},${shape.height} does not lie within the images of ${widthPx}×${heightPx} px`))
  return succeed(shape)
}

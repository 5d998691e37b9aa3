import type { Pose } from '../domain/alignment.ts'
import { fault } from '../domain/fault.ts'
import type { Frame } from '../domain/frame.ts'
import { boundsOf } from '../domain/geometry.ts'
import type { Recipe, Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { RawScore, Reading } from '../domain/verdict.ts'
import type { Observation } from '../learning/evaluation/evaluationFigures.ts'
import { pixelTally, type PixelFigures, type PixelTally } from '../learning/evaluation/pixelTally.ts'
import { spreadHeat } from '../learning/evaluation/spreadHeat.ts'
import { checkFrame } from '../pipeline/checkFrame.ts'
import { judge } from '../pipeline/judge.ts'
import { detectorPlans, readDetections } from '../pipeline/readDetections.ts'
import { straightenRegion } from '../pipeline/straightenRegion.ts'
import { firstLook, readStages, suspiciousOf } from '../pipeline/twoStages.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { ReportProgress } from '../service/jobs.ts'
import { openStored } from './imageFolder.ts'
import type { TestImage } from './mvtecDataset.ts'
import type { CompleteRecipe } from './recipeFile.ts'

export interface EvaluationTools {
  readonly pixels: PixelsPort
  readonly model: ModelPort
  readonly monotonicMs: () => number
}

export interface EvaluationRun extends PixelFigures {
  readonly observations: readonly Observation[]
  /** Frame in memory → verdict, and bare model, of each image. */
  readonly decisionMs: readonly number[]
  readonly modelMs: readonly number[]
}

/** An evaluation has no line that waits; only a process that hangs is to be noticed. */
const deadlineMs = 60_000

/**
 * Judges every test image as the station would, one by one: without the memory that persistence needs, and also where `checkFrame` would
 * have refused the frame (that is counted). Faults: those of opening an image or a mask, and of the model; frame/wrongSize.
 */
export async function evaluateDataset(images: readonly TestImage[], { recipe, models }: CompleteRecipe, tools: EvaluationTools, report: ReportProgress, signal: AbortSignal): Promise<Result<EvaluationRun>> {
  for (const [sha256, bytes] of models) {
    const loaded = await tools.model.load(sha256, bytes)
    if (!loaded.ok) return loaded
  }
  const regions = recipe.regions.map(withoutPersistence)
  const tally = pixelTally()
  const [observations, decisionMs, modelMs]: [Observation[], number[], number[]] = [[], [], []]
  for (const [i, image] of images.entries()) {
    if (signal.aborted) return fail(fault('learning/cancelled', 'the evaluation was cancelled'))
    const frame = await openImage(image.file, recipe, tools.pixels)
    if (!frame.ok) return frame
    const judged = await judgeFrame(frame.value, { ...recipe, regions }, tools)
    if (!judged.ok && judged.fault.code === 'frame/notAligned') {
      observations.push({ ...observe(image, frame.value, recipe, notFound), refusedFor: judged.fault.code })
      continue
    }
    if (!judged.ok) return judged
    const mask = image.maskFile === undefined ? succeed(undefined) : await readMask(image.maskFile, frame.value, tools.pixels)
    if (!mask.ok) return mask

    const { raw, pose } = judged.value
    observations.push(observe(image, frame.value, recipe, judged.value))
    decisionMs.push(judged.value.decisionMs)
    modelMs.push(judged.value.modelMs)
    // A defect without a mask lies somewhere: its pixels are neither good nor defective.
    if (raw && (image.defect === undefined || mask.value)) addHeat(tally, raw, regions, frame.value, mask.value && pose ? straightenMask(mask.value, frame.value, pose) : mask.value)
    report({ stage: 'judging', done: (i + 1) / images.length })
  }
  return succeed({ observations, decisionMs, modelMs, ...tally.figures() })
}

/** Test images come in no order that means anything. */
const withoutPersistence = (region: Region): Region => ({ ...region, limits: { ...region.limits, persistence: { count: 1, of: 1 } } })

async function openImage(file: string, { frame: limits }: Recipe, pixels: PixelsPort): Promise<Result<Frame>> {
  const frame = await openStored(file, pixels, limits.maxPixels)
  if (!frame.ok) return frame
  const { widthPx, heightPx } = frame.value.image
  if (widthPx === limits.widthPx && heightPx === limits.heightPx) return frame
  return fail(fault('frame/wrongSize', `${file} is ${widthPx}×${heightPx} px, the recipe is for ${limits.widthPx}×${limits.heightPx} px`))
}

/** One byte a pixel, 0 where there is no defect. */
async function readMask(file: string, { image }: Frame, pixels: PixelsPort): Promise<Result<Uint8Array>> {
  const opened = await openStored(file, pixels, image.widthPx * image.heightPx)
  if (!opened.ok) return opened
  const { data, channels, widthPx, heightPx } = opened.value.image
  if (widthPx !== image.widthPx || heightPx !== image.heightPx)
    return fail(fault('frame/wrongSize', `the mask ${file} is ${widthPx}×${heightPx} px, its image ${image.widthPx}×${image.heightPx} px`))
  return succeed(Uint8Array.from({ length: widthPx * heightPx }, (_, i) => Math.max(...data.subarray(i * channels, (i + 1) * channels))))
}

interface JudgedFrame {
  readonly pose: Pose | undefined
  /** Undefined where a region has a screen: the heat of its two models has no common unit. */
  readonly raw: readonly RawScore[] | undefined
  readonly margin: number
  readonly isRejected: boolean
  readonly decisionMs: number
  readonly modelMs: number
}

/** A part that is not found is never accepted: it counts as worse than every score. */
const notFound = { margin: Infinity, isRejected: true }

async function judgeFrame({ image }: Frame, { regions, alignment }: Recipe, { pixels, model, monotonicMs }: EvaluationTools): Promise<Result<JudgedFrame>> {
  const startedMs = monotonicMs()
  const pose = alignment && await pixels.align(image, alignment)
  if (pose && !pose.ok) return pose
  const crops = await pixels.cut(image, [...regions.map(firstLook), ...detectorPlans(regions)], pose?.value)
  const screened = await model.run(crops.slice(0, regions.length), deadlineMs)
  if (!screened.ok) return screened
  const suspicious = suspiciousOf(regions, screened.value)
  const verified = suspicious.length === 0 ? succeed([]) : await model.run(await pixels.cut(image, suspicious, pose?.value), deadlineMs)
  if (!verified.ok) return verified
  const found = await model.detect(crops.slice(regions.length), deadlineMs)
  if (!found.ok) return found
  const read = readDetections(readStages(screened.value, verified.value, regions, image), found.value, regions, image)
  if (!read.ok) return read
  const isRejected = judge(read.value, regions, {}).outcome === 'fail'
  const decisionMs = monotonicMs() - startedMs
  const modelMs = [...screened.value, ...verified.value].reduce((sum, score) => sum + score.modelMs, 0)
  const raw = regions.some(({ screen }) => screen) ? undefined : screened.value
  return succeed({ pose: pose?.value, raw, modelMs, margin: Math.max(...read.value.map((reading, i) => marginOf(reading, regions[i]!))), isRejected, decisionMs })
}

/** What its screen passed ranks below all that the region's own model has scored, whose scores begin at nought. */
const marginOf = ({ score, failAbove, model }: Reading, { model: own, limits }: Region): number => score - failAbove - (model === own.sha256 ? 0 : limits.failAbove)

function observe({ defect }: TestImage, frame: Frame, recipe: Recipe, { margin, isRejected }: Pick<JudgedFrame, 'margin' | 'isRejected'>): Observation {
  const checked = checkFrame(frame, recipe.frame, undefined)
  const { meanLevel, focus } = frame.quality
  return { defect, margin, isRejected, meanLevel, focus, refusedFor: checked.ok ? undefined : checked.fault.code }
}

/** Heat of an aligned part lies in the golden frame; its mask is brought there too. */
function straightenMask(mask: Uint8Array, { image: { widthPx, heightPx } }: Frame, pose: Pose): Uint8Array {
  const levels = { widthPx, heightPx, channels: 1 as const, data: mask.map((value) => (value === 0 ? 0 : 255)) }
  return straightenRegion(levels, { left: 0, top: 0, width: widthPx, height: heightPx }, pose).data.map((level) => (level > 127 ? 1 : 0))
}

function addHeat(tally: PixelTally, raw: readonly RawScore[], regions: readonly Region[], { image: { widthPx, heightPx } }: Frame, mask: Uint8Array | undefined): void {
  const maps = raw.map((score, i) => ({ ...score, bounds: boundsOf(regions[i]!.shape, widthPx, heightPx) }))
  tally.add(spreadHeat(maps, widthPx, heightPx), mask, widthPx, heightPx)
}

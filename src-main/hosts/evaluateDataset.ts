import { checkFrame } from '../pipeline/checkFrame.ts'
import { judge } from '../pipeline/judge.ts'
import { readScores } from '../pipeline/readScores.ts'
import { fault } from '../domain/fault.ts'
import type { Frame } from '../domain/frame.ts'
import { boundsOf } from '../domain/geometry.ts'
import type { Recipe, Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { RawScore } from '../domain/verdict.ts'
import type { Observation } from '../learning/evaluation/evaluationFigures.ts'
import { pixelTally, type PixelFigures } from '../learning/evaluation/pixelTally.ts'
import { spreadHeat } from '../learning/evaluation/spreadHeat.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { Progress } from './commands/progressLine.ts'
import { readCapture } from './imageFolder.ts'
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
export async function evaluateDataset(images: readonly TestImage[], { recipe, models }: CompleteRecipe, tools: EvaluationTools, report: (progress: Progress) => void, signal: AbortSignal): Promise<Result<EvaluationRun>> {
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
    const mask = frame.ok && image.maskFile !== undefined ? await readMask(image.maskFile, frame.value, tools.pixels) : succeed(undefined)
    if (!frame.ok) return frame
    if (!mask.ok) return mask

    const startedMs = tools.monotonicMs()
    const scored = await scoreFrame(frame.value, regions, tools)
    if (!scored.ok) return scored
    decisionMs.push(tools.monotonicMs() - startedMs)
    modelMs.push(scored.value.raw.reduce((sum, score) => sum + score.modelMs, 0))
    observations.push(observe(image, frame.value, recipe, scored.value))

    // A defect without a mask lies somewhere: its pixels are neither good nor defective.
    if (image.defect === undefined || mask.value) addHeat(tally, scored.value.raw, regions, frame.value, mask.value)
    report({ stage: 'judging', done: (i + 1) / images.length })
  }
  return succeed({ observations, decisionMs, modelMs, ...tally.figures() })
}

/** Test images come in no order that means anything. */
const withoutPersistence = (region: Region): Region => ({ ...region, limits: { ...region.limits, persistence: { count: 1, of: 1 } } })

async function openImage(file: string, { frame: limits }: Recipe, pixels: PixelsPort): Promise<Result<Frame>> {
  const capture = await readCapture(file)
  const frame = capture.ok ? await pixels.open(capture.value, limits.maxPixels) : capture
  if (!frame.ok) return fail({ ...frame.fault, detail: `${file}: ${frame.fault.detail}` })
  const { widthPx, heightPx } = frame.value.image
  if (widthPx === limits.widthPx && heightPx === limits.heightPx) return frame
  return fail(fault('frame/wrongSize', `${file} is ${widthPx}×${heightPx} px, the recipe is for ${limits.widthPx}×${limits.heightPx} px`))
}

/** One byte a pixel, 0 where there is no defect. */
async function readMask(file: string, { image }: Frame, pixels: PixelsPort): Promise<Result<Uint8Array>> {
  const capture = await readCapture(file)
  const opened = capture.ok ? await pixels.open(capture.value, image.widthPx * image.heightPx) : capture
  if (!opened.ok) return fail({ ...opened.fault, detail: `${file}: ${opened.fault.detail}` })
  const { data, channels, widthPx, heightPx } = opened.value.image
  if (widthPx !== image.widthPx || heightPx !== image.heightPx)
    return fail(fault('frame/wrongSize', `the mask ${file} is ${widthPx}×${heightPx} px, its image ${image.widthPx}×${image.heightPx} px`))
  return succeed(Uint8Array.from({ length: widthPx * heightPx }, (_, i) => Math.max(...data.subarray(i * channels, (i + 1) * channels))))
}

interface ScoredFrame {
  readonly raw: readonly RawScore[]
  readonly margin: number
  readonly isRejected: boolean
}

async function scoreFrame({ image }: Frame, regions: readonly Region[], { pixels, model }: EvaluationTools): Promise<Result<ScoredFrame>> {
  const raw = await model.run(await pixels.cut(image, regions), deadlineMs)
  if (!raw.ok) return raw
  const readings = readScores(raw.value, regions, image)
  const verdict = judge(readings, regions, {})
  return succeed({ raw: raw.value, margin: Math.max(...readings.map((reading) => reading.score - reading.failAbove)), isRejected: verdict.outcome === 'fail' })
}

function observe({ defect }: TestImage, frame: Frame, recipe: Recipe, { margin, isRejected }: ScoredFrame): Observation {
  const checked = checkFrame(frame, recipe.frame, undefined)
  const { meanLevel, focus } = frame.quality
  return { defect, margin, isRejected, meanLevel, focus, refusedFor: checked.ok ? undefined : checked.fault.code }
}

function addHeat(tally: ReturnType<typeof pixelTally>, raw: readonly RawScore[], regions: readonly Region[], { image: { widthPx, heightPx } }: Frame, mask: Uint8Array | undefined): void {
  const maps = raw.map((score, i) => ({ ...score, bounds: boundsOf(regions[i]!.shape, widthPx, heightPx) }))
  tally.add(spreadHeat(maps, widthPx, heightPx), mask, widthPx, heightPx)
}

import { fault, type Fault } from '../domain/fault.ts'
import type { OriginalImage } from '../domain/frame.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { ParitySeal, PinnedFrame, SealOrigin } from '../domain/paritySeal.ts'
import type { Recipe, RegionLimits } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { Outcome, Reading } from '../domain/verdict.ts'
import { checkFrame } from '../pipeline/checkFrame.ts'
import { stagesApart } from '../pipeline/twoStages.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { readRegions } from './judgePart.ts'
import { deadlines } from './line.ts'
import { startStopwatch } from './stopwatch.ts'
import { storedCapture } from './storedCapture.ts'

/** What scores a pinned frame: the way of a part, with the store in the camera's place. The recipe's models are loaded. */
export interface ParityTools {
  readonly evidence: Pick<EvidencePort, 'fetch'>
  readonly pixels: PixelsPort
  readonly model: ModelPort
  readonly clock: ClockPort
}

/** One region of one pinned frame, as it was sealed and as it is now. */
export interface ParityFigure {
  readonly image: Sha256
  readonly regionName: string
  readonly sealed: number
  readonly found: number
  readonly allowed: number
  readonly sealedVerdict: Outcome
  readonly verdict: Outcome
  readonly provider: string
}

/** A choice, some two thousand times what a float32 provider has shown (docs/providers.md): it stops what changes verdicts, not what rounds. */
const tolerance = 0.01

/**
 * The recipe with the scores that its models give its pinned frames here and now. A picture that the line would not judge (a known-bad
 * part that is also blurred) pins nothing. Faults: those of the store and of the inference process; model/parityBroken when no picture
 * is left.
 */
export async function sealRecipe(recipe: Recipe, pinned: readonly Pick<PinnedFrame, 'image' | 'mediaType'>[], software: Omit<SealOrigin, 'provider'>, tools: ParityTools): Promise<Result<Recipe>> {
  const frames: PinnedFrame[] = []
  for (const { image, mediaType } of pinned) {
    const readings = await scorePinned({ image, mediaType }, recipe, tools)
    if (!readings.ok && readings.fault.code === 'model/parityBroken') continue
    if (!readings.ok) return readings
    frames.push({ image, mediaType, scores: Object.fromEntries(readings.value.map(({ regionId, score }) => [regionId, score])) })
  }
  if (frames.length === 0) return fail(fault('model/parityBroken', 'there is no picture to pin that the line would judge'))
  const { version, onnxruntime } = software
  const seal: ParitySeal = { frames, tolerance, madeWith: { provider: servingProvider(tools.model), version, onnxruntime } }
  return succeed({ ...recipe, seal })
}

/**
 * Every pinned frame scored again. A frame that can no longer be read or is no longer sound is model/parityBroken, as it was both when
 * it was sealed; trouble with the store or with the inference process is answered as it is.
 */
export async function scoreSeal({ frames, tolerance: share }: ParitySeal, recipe: Recipe, tools: ParityTools): Promise<Result<readonly ParityFigure[]>> {
  const figures: ParityFigure[] = []
  for (const frame of frames) {
    const readings = await scorePinned(frame, recipe, tools)
    if (!readings.ok) return readings
    figures.push(...readings.value.map((reading) => compare(reading, frame, share)))
  }
  return succeed(figures)
}

/** What the figures forbid: model/parityBroken, naming the worst of them, or undefined. */
export function parityFault(figures: readonly ParityFigure[]): Fault | undefined {
  const worst = worstFigure(figures.filter((figure) => !isHeld(figure)))
  return worst && fault('model/parityBroken', describeFigure(worst), { measured: Math.abs(worst.found - worst.sealed), limit: worst.allowed })
}

export const isHeld = (figure: ParityFigure): boolean => figure.verdict === figure.sealedVerdict && shareOf(figure) <= 1

/** The figure that used up most of what it is allowed; of turned verdicts first. */
export const worstFigure = (figures: readonly ParityFigure[]): ParityFigure | undefined =>
  [...figures].sort((a, b) => Number(b.verdict !== b.sealedVerdict) - Number(a.verdict !== a.sealedVerdict) || shareOf(b) - shareOf(a))[0]

/** For the engineer and the log. */
export function describeFigure({ image, regionName, sealed, found, allowed, sealedVerdict, verdict, provider }: ParityFigure): string {
  const turned = verdict === sealedVerdict ? '' : `, which turns its verdict from ${sealedVerdict} to ${verdict}`
  return `pinned frame ${image.slice(0, 8)}, region ${regionName}: sealed with ${figure(sealed)}, now ${figure(found)} on ${provider} (±${figure(allowed)} is allowed)${turned}`
}

/** All providers that serve the loaded models, as records name them. */
export const servingProvider = (model: ModelPort): string => model.providers().join('+')

async function scorePinned({ image, mediaType }: Pick<PinnedFrame, 'image' | 'mediaType'>, recipe: Recipe, tools: ParityTools): Promise<Result<readonly Reading[]>> {
  const bytes = await tools.evidence.fetch('baseline', image)
  const readings = bytes.ok ? await readOriginal({ bytes: bytes.value, mediaType }, recipe, tools) : bytes
  if (readings.ok || /^(model|evidence)\//.test(readings.fault.code)) return readings
  return fail(fault('model/parityBroken', `pinned frame ${image.slice(0, 8)} cannot be scored: ${readings.fault.detail} (${readings.fault.code})`))
}

async function readOriginal(original: OriginalImage, recipe: Recipe, { pixels, model, clock }: ParityTools): Promise<Result<readonly Reading[]>> {
  const frame = await pixels.open(storedCapture(original), recipe.frame.maxPixels)
  if (!frame.ok) return frame
  const sound = checkFrame(frame.value, recipe.frame, undefined)
  return sound.ok ? readRegions(sound.value, { recipe: { ...recipe, regions: stagesApart(recipe.regions) }, pixels, model }, startStopwatch(clock), deadlines.parityMs) : sound
}

function compare({ regionId, regionName, score, failAbove, unsureAbove, provider }: Reading, { image, scores }: PinnedFrame, share: number): ParityFigure {
  const sealed = scores[regionId] ?? NaN
  const limits = { failAbove, unsureAbove }
  return {
    image, regionName, sealed, found: score, provider,
    allowed: share * Math.max(Math.abs(failAbove), Math.abs(sealed)),
    sealedVerdict: verdictOf(sealed, limits), verdict: verdictOf(score, limits),
  }
}

/** Over the limits alone: area and persistence belong to the part, not to the arithmetic. */
const verdictOf = (score: number, { failAbove, unsureAbove }: Pick<RegionLimits, 'failAbove' | 'unsureAbove'>): Outcome =>
  score > failAbove ? 'fail' : score > unsureAbove ? 'unsure' : 'pass'

/** Of what is allowed; a score that was never sealed uses up more than there is. */
function shareOf({ sealed, found, allowed }: ParityFigure): number {
  if (found === sealed) return 0
  const share = Math.abs(found - sealed) / allowed
  return Number.isNaN(share) ? Infinity : share
}

const figure = (value: number): string => value.toPrecision(6)

import type { Pose } from '../domain/alignment.ts'
import { fault, type Fault } from '../domain/fault.ts'
import type { Capture, Crop, Frame, FrameCheck, OriginalImage, PixelImage, SoundFrame, Trigger } from '../domain/frame.ts'
import type { Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { RawDetections, RawScore, Reading, Verdict } from '../domain/verdict.ts'
import { checkFrame } from '../pipeline/checkFrame.ts'
import { extendHistory, judge } from '../pipeline/judge.ts'
import { placeReadings } from '../pipeline/placeReadings.ts'
import { detectorPlans, readDetections } from '../pipeline/readDetections.ts'
import { firstLook, readStages, suspiciousOf } from '../pipeline/twoStages.ts'
import { deadlines, type Line } from './line.ts'
import type { Stopwatch } from './stopwatch.ts'

/** Everything found out about one part before the gate; what was not reached is null. */
export interface JudgedPart {
  readonly original: OriginalImage | null
  readonly capture: Capture | null
  readonly frame: Frame | null
  readonly checks: readonly FrameCheck[]
  readonly readings: readonly Reading[]
  readonly finding: { readonly verdict: Verdict } | { readonly fault: Fault }
}

const nothingYet = { original: null, capture: null, frame: null, checks: [], readings: [] }

/** Not even its picture is known. */
export const unjudged = (why: Fault): JudgedPart => ({ ...nothingYet, finding: { fault: why } })

/** Stops 2 to 7: a frame is taken, found sound, its part is found, cut, scored, read and judged. The first Fault ends the way and goes to the gate. */
export async function judgePart(trigger: Trigger, line: Line, watch: Stopwatch, onFrame: () => void): Promise<JudgedPart> {
  const captured = await watch.time('capture', () => captureFrame(line, trigger))
  if (!captured.ok) return { ...nothingYet, original: captured.original ?? null, finding: captured }
  const capture = captured.value
  const seen = { ...nothingYet, original: capture.original, capture }

  watch.start('decision')
  const opened = await watch.time('decode', () => line.pixels.open(capture, line.recipe.frame.maxPixels))
  onFrame()
  if (!opened.ok) return { ...seen, finding: opened }
  const frame = opened.value

  const checked = watch.time('check', () => checkFrame(frame, line.recipe.frame, line.memory.previousFingerprint))
  line.memory.previousFingerprint = frame.quality.fingerprint
  const looked = { ...seen, frame, checks: checked.checks }
  const read = checked.ok ? await readRegions(checked.value, line, watch) : checked
  if (!read.ok) return { ...looked, finding: read }

  const { regions } = line.recipe
  const verdict = watch.time('judge', () => judge(read.value, regions, line.memory.history))
  line.memory.history = extendHistory(line.memory.history, read.value, regions)
  return { ...looked, readings: read.value, finding: { verdict } }
}

/** A camera that answers too late has failed its obligation; the line cannot wait for it. */
async function captureFrame({ camera, clock }: Line, trigger: Trigger): ReturnType<Line['camera']['capture']> {
  const answered = new AbortController()
  const late = clock
    .sleep(2 * deadlines.captureMs, answered.signal)
    .then(() => fail(fault('camera/timeout', `${camera.name} gave no answer for ${trigger.sourceKey}`, { limit: deadlines.captureMs })))
  const answer = await Promise.race([camera.capture(trigger, deadlines.captureMs), late])
  answered.abort()
  if (!answer.ok || answer.value.monotonicMs >= trigger.edgeMs) return answer
  const measured = trigger.edgeMs - answer.value.monotonicMs
  return { ok: false, fault: fault('frame/stale', `the picture was taken ${measured} ms before the trigger`, { measured }), original: answer.value.original }
}

/** The part of a line that turns a sound frame into readings. */
export type ScoringLine = Pick<Line, 'recipe' | 'pixels' | 'model'>

/** Stops 4 to 6. Pinned frames go through here as parts do, or their scores would say nothing about a part's. */
export async function readRegions(sound: SoundFrame, line: ScoringLine, watch: Stopwatch, inferMs: number = deadlines.inferMs): Promise<Result<readonly Reading[]>> {
  const { regions } = line.recipe
  const { image } = sound.frame
  const pose = await findPart(image, line, watch)
  if (!pose.ok) return pose
  const crops = await watch.time('prepare', () => line.pixels.cut(image, [...regions.map(firstLook), ...detectorPlans(regions)], pose.value))
  const screened = await watch.time('infer', () => line.model.run(crops.slice(0, regions.length), inferMs))
  if (!screened.ok) return screened
  const verified = await verify(image, suspiciousOf(regions, screened.value), pose.value, line, watch, inferMs)
  if (!verified.ok) return verified
  watch.mark('model', [...screened.value, ...verified.value].reduce((sum, { modelMs }) => sum + modelMs, 0))
  const found = await runDetectors(crops.slice(regions.length), line, watch, inferMs)
  if (!found.ok) return found
  const read = watch.time('read', () => readDetections(readStages(screened.value, verified.value, regions, image), found.value, regions, image))
  return read.ok ? succeed(placeReadings(read.value, pose.value)) : read
}

/** Undefined where the recipe takes regions as places in the picture. */
function findPart(image: PixelImage, { pixels, recipe: { alignment } }: ScoringLine, watch: Stopwatch): Promise<Result<Pose | undefined>> {
  return alignment ? watch.time('align', () => pixels.align(image, alignment)) : Promise.resolve(succeed(undefined))
}

/** The second look, cut and run, at the regions that their screen found suspicious. */
async function verify(image: PixelImage, suspicious: readonly Region[], pose: Pose | undefined, { pixels, model }: ScoringLine, watch: Stopwatch, inferMs: number): Promise<Result<readonly RawScore[]>> {
  if (suspicious.length === 0) return succeed([])
  return watch.time('verify', async () => model.run(await pixels.cut(image, suspicious, pose), inferMs))
}

/** A region without a detector costs nothing more. */
async function runDetectors(crops: readonly Crop[], { model }: ScoringLine, watch: Stopwatch, inferMs: number): Promise<Result<readonly RawDetections[]>> {
  return crops.length === 0 ? succeed([]) : watch.time('detect', () => model.detect(crops, inferMs))
}

import sharp from 'sharp'
import { expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { onnxModel } from '../../src-main/adapters/model/onnxModel.ts'
import { createSharpPixels } from '../../src-main/adapters/pixels/sharpPixels.ts'
import type { OriginalImage } from '../../src-main/domain/frame.ts'
import type { FeatureSettingName, Recipe, Region, RegionLimits, SealedModel } from '../../src-main/domain/recipe.ts'
import type { Outcome, Reading } from '../../src-main/domain/verdict.ts'
import { judge } from '../../src-main/pipeline/judge.ts'
import { readRegions } from '../../src-main/station/judgePart.ts'
import { startStopwatch } from '../../src-main/station/stopwatch.ts'
import { storedCapture } from '../../src-main/station/storedCapture.ts'
import { enrolHere, wholeRegion } from '../support/enrolledModel.ts'
import { testDirectory, testEvidence, valueOf } from '../support/evidence.ts'
import { parityRecipe } from '../support/parityRoom.ts'
import { hashOf } from '../support/smallModel.ts'
import { someInspection } from '../support/someInspection.ts'
import { texturedCrop, texturedCrops } from '../support/texturedCrops.ts'

const size = { widthPx: 64, heightPx: 64 }
const hosts = new URL('../../src-main/hosts/', import.meta.url)

/** A region with the standard model, and one in which the fast model screens for it; the screen's line lies over the highest of the good parts. */
async function twoKindsOfRegion(): Promise<{ readonly recipe: Recipe; readonly models: readonly Uint8Array[] }> {
  const crops = texturedCrops(24, size)
  const learn = async (setting: FeatureSettingName): Promise<{ readonly model: SealedModel; readonly modelBytes: Uint8Array; readonly limits: RegionLimits; readonly holdOutScores: readonly number[] }> => {
    const { model, modelBytes, ...learnt } = await enrolHere(wholeRegion(crops, 64, 64, 'part', { method: 'padim', setting }))
    return { ...learnt, modelBytes, model: { ...model, sha256: hashOf(modelBytes), bytes: modelBytes.length } }
  }
  const [standard, fast] = [await learn('standard'), await learn('fast')]
  const [plain] = parityRecipe.regions as [Region]
  const region: Region = { ...plain, shape: { kind: 'rectangle', x: 0, y: 0, width: 64, height: 64 }, model: standard.model, limits: standard.limits }
  const screened: Region = { ...region, id: 'screened' as Region['id'], name: 'Screened', screen: { model: fast.model, passUpTo: Math.max(...fast.holdOutScores) } }
  return { recipe: { ...parityRecipe, frame: { ...parityRecipe.frame, ...size, maxPixels: 1e6 }, regions: [region, screened] }, models: [standard.modelBytes, fast.modelBytes] }
}

const parts = Promise.all(Array.from({ length: 16 }, async (_, i): Promise<OriginalImage> => ({
  bytes: await sharp(texturedCrop(700 + i, { ...size, isScratched: i % 4 === 3 }), { raw: { width: 64, height: 64, channels: 3 } }).png().toBuffer(), mediaType: 'image/png',
})))

/** Readings of pictures by a station of its own, with so many threads. */
async function scoreAll(pictures: readonly OriginalImage[], { recipe, models }: Awaited<ReturnType<typeof twoKindsOfRegion>>, threads: number): Promise<readonly (readonly Reading[])[]> {
  const model = onnxModel({ entry: new URL('inferenceProcess.ts', hosts), clock: systemClock(), threads })
  const pixels = createSharpPixels(new URL('pixelsThread.ts', hosts))
  try {
    for (const bytes of models) valueOf(await model.load(hashOf(bytes), bytes))
    const read: (readonly Reading[])[] = []
    for (const picture of pictures) {
      const frame = valueOf(await pixels.open(storedCapture(picture), recipe.frame.maxPixels))
      read.push(valueOf(await readRegions({ frame, checks: [] }, { recipe, pixels, model }, startStopwatch(systemClock()), 60_000)))
    }
    return read
  } finally {
    await Promise.all([model.close(), pixels.close()])
  }
}

const outcomesOf = (readings: readonly (readonly Reading[])[], { regions }: Recipe): readonly Outcome[] => readings.map((one) => judge(one, regions, {}).outcome)

it('stored inspections, scored again from their stored pictures, have the scores, heat and verdicts that were stored; two threads give the same verdicts as one', { timeout: 300_000 }, async () => {
  const station = await twoKindsOfRegion()
  const pictures = await parts
  const scored = await scoreAll(pictures, station, 1)
  const evidence = testEvidence(testDirectory())
  valueOf(await evidence.open())
  const outcomes = outcomesOf(scored, station.recipe)
  for (const [n, readings] of scored.entries()) valueOf(await evidence.record(someInspection(n + 1, { readings, outcome: outcomes[n]! }), pictures[n]!))
  expect(new Set(outcomes)).toEqual(new Set(['pass', 'fail']))
  // Both stages have decided some of them.
  expect(new Set(scored.map(([, screened]) => screened!.model)).size).toBe(2)

  const ids = outcomes.map((_, n) => someInspection(n + 1).resultId)
  const [stored, images] = [await Promise.all(ids.map(async (id) => valueOf(await evidence.inspection(id)))), await Promise.all(ids.map(async (id) => valueOf(await evidence.image(id))))]
  const again = await scoreAll(images, station, 1)
  expect(again).toEqual(stored.map(({ readings }) => readings))
  expect(outcomesOf(again, station.recipe)).toEqual(stored.map(({ outcome }) => outcome))

  const byTwo = await scoreAll(images, station, 2)
  expect(outcomesOf(byTwo, station.recipe)).toEqual(outcomes)
  for (const [n, readings] of byTwo.entries()) for (const [i, { score }] of readings.entries()) expect(Math.abs(score / scored[n]![i]!.score - 1)).toBeLessThan(1e-5)
})

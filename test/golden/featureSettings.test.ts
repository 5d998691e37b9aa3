import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { onnxGraphOpener } from '../../src-main/adapters/learner/onnxGraph.ts'
import { featureSettingNames } from '../../src-main/domain/recipe.ts'
import { featureSettings, hottestCellsOf } from '../../src-main/learning/featureSetting.ts'
import { filterBankFeatures } from '../../src-main/learning/featureSource.ts'
import { inputSizeFor } from '../../src-main/learning/inputSize.ts'
import { responseGraph } from '../../src-main/learning/patchGraph.ts'
import { rehearsalModel } from '../../src-main/learning/rehearsalModel.ts'
import { enrolHere, wholeRegion } from '../support/enrolledModel.ts'
import { texturedCrop, texturedCrops } from '../support/texturedCrops.ts'

const grid = { width: 8, height: 6, isVisible: new Array<boolean>(48).fill(true) }
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

it('the standard setting is the graph that recipes have been sealed with', () => {
  expect(hashOf(responseGraph(filterBankFeatures(featureSettings.standard), grid))).toBe('91e6658021462bf9182655bc6e5343054bdcd0d61b87ef5395bf0e54f60b9fbd')
})

it('the fast setting gives every response of the standard one, and those of the finest octave from every second place', async () => {
  const crop = { type: 'uint8', shape: [1, 48, 64, 3], data: texturedCrop(5, { widthPx: 64, heightPx: 48 }) } as const
  const [standard, fast] = await Promise.all((['standard', 'fast'] as const).map(async (setting) => (await (await onnxGraphOpener(1)(responseGraph(filterBankFeatures(featureSettings[setting]), grid)))({ crop }))['responses']!))
  const { responseCount } = filterBankFeatures()
  const differs = Array.from({ length: responseCount }, (_, i) => Math.max(...grid.isVisible.map((__, cell) => Math.abs(standard![cell * responseCount + i]! - fast![cell * responseCount + i]!))))
  // Colour and contrast; 26 first-order and 72 second-order responses on the two finest octaves, 26 on the others.
  const strided = (i: number): boolean => (i >= 4 && i < 4 + 98) || (i >= 102 + 26 && i < 102 + 98)
  expect(differs.filter((_, i) => !strided(i)).every((difference) => difference < 1e-5)).toBe(true)
  expect(differs.filter((_, i) => strided(i)).some((difference) => difference > 1e-3)).toBe(true)
  expect(fast!.every(Number.isFinite)).toBe(true)
})

it.each(featureSettingNames)('the %s setting can be rehearsed for a long region, by either method', async (setting) => {
  const size = inputSizeFor({ left: 0, top: 0, width: 900, height: 225 }, featureSettings[setting].inputSize / 2)
  for (const method of ['padim', 'patchcore'] as const) {
    const run = await onnxGraphOpener(1)(rehearsalModel({ method, setting }, size))
    const { score, heatmap } = await run({ crop: { type: 'uint8', shape: [1, size.inputHeightPx, size.inputWidthPx, 3], data: texturedCrop(1, { widthPx: size.inputWidthPx, heightPx: size.inputHeightPx }) } })
    expect(Number.isFinite(score![0])).toBe(true)
    const hottest = Array.from(heatmap!).sort((a, b) => b - a).slice(0, hottestCellsOf(featureSettings[setting].scoring, heatmap!.length))
    expect(score![0]).toBeCloseTo(hottest.reduce((sum, value) => sum + value, 0) / hottest.length, 3)
  }
})

it('a region with few visible cells is scored by five of them', async () => {
  const size = { widthPx: 64, heightPx: 64 }
  const region = { ...wholeRegion(texturedCrops(20, size), 64, 64, 'plate', { method: 'padim', setting: 'detailed' }), masks: [{ kind: 'rectangle', x: 0, y: 0, width: 64, height: 40 }] } as const
  const { modelBytes, model } = await enrolHere(region)
  expect(model).toMatchObject({ setting: 'detailed', features: 'filterBank-1' })
  const { score, heatmap } = await (await onnxGraphOpener(1)(modelBytes))({ crop: { type: 'uint8', shape: [1, 64, 64, 3], data: texturedCrop(77, size) } })
  const hottest = Array.from(heatmap!).sort((a, b) => b - a).slice(0, 5)
  expect(score![0]).toBeCloseTo(hottest.reduce((sum, value) => sum + value, 0) / 5, 4)
})

import { beforeAll, describe, expect, it } from 'vitest'
import { onnxGraphOpener } from '../../../src-main/adapters/learner/onnxGraph.ts'
import { featureSettingNames, type FeatureSettingName } from '../../../src-main/domain/recipe.ts'
import type { RunGraph } from '../../../src-main/learning/learningTools.ts'
import { enrolHere, wholeRegion } from '../../support/enrolledModel.ts'
import { texturedCrop, texturedCrops } from '../../support/texturedCrops.ts'

const size = { widthPx: 96, heightPx: 96 }
/** Changes neither the mean of the channels nor the luminance 0.3 R + 0.59 G + 0.11 B: to a grey camera nothing is there. */
const hue = [1, -0.396, -0.604] as const

function stained(crop: Uint8Array, levels: number): Uint8Array {
  const out = crop.slice()
  for (let y = 0; y < 96; y++)
    for (let x = 0; x < 96; x++) {
      const strength = Math.min(1, Math.max(0, (18 - Math.hypot(x - 64, y - 64)) / 3))
      for (const [c, share] of hue.entries()) out[(y * 96 + x) * 3 + c] = Math.max(0, Math.min(255, Math.round(crop[(y * 96 + x) * 3 + c]! + levels * strength * share)))
    }
  return out
}

describe.each(featureSettingNames)('a stain that differs in colour alone, in the %s setting', (setting: FeatureSettingName) => {
  let limit = 0
  let run: RunGraph
  beforeAll(async () => {
    const learned = await enrolHere(wholeRegion(texturedCrops(30, size), 96, 96, 'plate', { method: 'padim', setting }))
    limit = learned.limits.failAbove
    run = await onnxGraphOpener(1)(learned.modelBytes)
  }, 60_000)

  const scoreOf = async (data: Uint8Array): Promise<number> => (await run({ crop: { type: 'uint8', shape: [1, 96, 96, 3], data } }))['score']![0]!

  it('is found', async () => {
    for (const seed of [900, 901, 902]) {
      const crop = texturedCrop(seed, size)
      expect(await scoreOf(stained(crop, 24))).toBeGreaterThan(1.5 * limit)
      expect(await scoreOf(stained(crop, 24))).toBeGreaterThan(3 * (await scoreOf(crop)))
    }
  })
})

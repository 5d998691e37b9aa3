import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { onnxGraphOpener } from '../../src-main/adapters/learner/onnxGraph.ts'
import type { Shape } from '../../src-main/domain/geometry.ts'
import type { RegionId } from '../../src-main/domain/ids.ts'
import { defaultModelChoice } from '../../src-main/domain/recipe.ts'
import { enrolRegion } from '../../src-main/learning/enrol.ts'
import { fitReference } from '../support/referencePadim.ts'
import { texturedCrop, texturedCrops } from '../support/texturedCrops.ts'

const tolerance = 1e-4

interface Case {
  readonly name: string
  readonly widthPx: number
  readonly heightPx: number
  readonly shape: Shape
  readonly masks: readonly Shape[]
}

/** Shapes are in image pixels: the image is twice as large as the crop, and the region begins at (30, 20). */
const cases: readonly Case[] = [
  { name: 'a square that is looked at everywhere', widthPx: 64, heightPx: 64, shape: { kind: 'rectangle', x: 30, y: 20, width: 128, height: 128 }, masks: [] },
  {
    name: 'a polygon with a mask in a crop that is not square', widthPx: 96, heightPx: 80,
    shape: { kind: 'polygon', points: [{ x: 30, y: 20 }, { x: 222, y: 20 }, { x: 222, y: 110 }, { x: 126, y: 180 }, { x: 30, y: 180 }] },
    masks: [{ kind: 'rectangle', x: 60, y: 40, width: 50, height: 46 }],
  },
]

/** Straight from the rule: the centre of an 8 px cell, in image coordinates; the two cases' shapes written out. */
const isVisible: readonly ((x: number, y: number) => boolean)[] = [
  () => true,
  (x, y) => !(x >= 60 && x < 110 && y >= 40 && y < 86) && (x - 222) * (180 - 110) - (y - 110) * (126 - 222) < 0,
]

describe.each(cases.map((c, i) => ({ ...c, sees: isVisible[i]! })))('a sealed model of $name', ({ widthPx, heightPx, shape, masks, sees }) => {
  it('gives the scores of an independent implementation in float64', { timeout: 120_000 }, async () => {
    const crops = texturedCrops(10, { widthPx, heightPx })
    const region = { id: 'region' as RegionId, ...defaultModelChoice, shape, masks, inputWidthPx: widthPx, inputHeightPx: heightPx, crops }
    const learned = await enrolRegion(region, 1, { openGraph: onnxGraphOpener(1), report: async () => undefined })
    if (!learned.ok) throw new Error(learned.fault.detail)
    const session = await InferenceSession.create(learned.value.modelBytes)
    const visible = Array.from({ length: (widthPx * heightPx) / 64 }, (_, cell) => {
      const perRow = widthPx / 8
      return sees(30 + (cell % perRow) * 16 + 8, 20 + Math.floor(cell / perRow) * 16 + 8)
    })
    const reference = fitReference(crops.map((data) => ({ width: widthPx, height: heightPx, data })), visible)
    for (const data of [texturedCrop(900, { widthPx, heightPx }), texturedCrop(901, { widthPx, heightPx, isScratched: true })]) {
      const out = await session.run({ crop: new Tensor('uint8', data, [1, heightPx, widthPx, 3]) })
      const wanted = reference.score({ width: widthPx, height: heightPx, data })
      const heat = out['heatmap']!.data as Float32Array
      const largest = Math.max(...wanted.heatmap.map(Math.abs))
      expect(Math.abs((out['score']!.data as Float32Array)[0]! / wanted.score - 1)).toBeLessThan(tolerance)
      expect(Math.max(...wanted.heatmap.map((value, cell) => Math.abs(heat[cell]! - value)))).toBeLessThan(tolerance * largest)
      expect(wanted.heatmap.filter((_, cell) => !visible[cell]).every((value) => value === 0)).toBe(true)
      expect(new Set(Array.from(out['nearest']!.data as BigInt64Array, Number))).toEqual(new Set(wanted.hottest))
      // Directions may come out mirrored: an eigenvector has no sign.
      const embedding = Array.from(out['embedding']!.data as Float32Array)
      expect(Math.max(...wanted.embedding.map((value, d) => Math.abs(Math.abs(embedding[d]!) - Math.abs(value))))).toBeLessThan(1e-3)
    }
  })
})

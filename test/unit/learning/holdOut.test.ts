import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LearnedRegion } from '../../../src-main/learning/enrol.ts'
import { enrolHere, wholeRegion } from '../../support/enrolledModel.ts'
import { texturedCrop, texturedCrops } from '../../support/texturedCrops.ts'

const size = { widthPx: 64, heightPx: 64 }

describe('cross-validated scores', () => {
  const crops = [...texturedCrops(63, size), texturedCrop(99, { ...size, isScratched: true })]
  let learned: LearnedRegion
  const seen: number[] = []
  beforeAll(async () => {
    learned = await enrolHere(wholeRegion(crops, 64, 64))
    const session = await InferenceSession.create(learned.modelBytes)
    for (const crop of crops) seen.push((await session.run({ crop: new Tensor('uint8', crop, [1, 64, 64, 3]) }))['score']!.data[0] as number)
  })

  it('are higher than those of a model that has seen the image', () => {
    expect(learned.holdOutScores).toHaveLength(crops.length)
    for (const [i, score] of learned.holdOutScores.entries()) expect(score).toBeGreaterThan(seen[i]!)
  })

  it('show a defective part that slipped into the baseline', () => {
    expect(Math.max(...learned.holdOutScores)).toBe(learned.holdOutScores.at(-1))
    expect(learned.holdOutScores.at(-1)).toBeGreaterThan(2 * learned.limits.failAbove)
  })

  it('are those of a model enrolled without the fold, but for the whitening', async () => {
    const others = crops.filter((_, i) => i % 8 !== 3)
    const session = await InferenceSession.create((await enrolHere(wholeRegion(others, 64, 64))).modelBytes)
    const score = (await session.run({ crop: new Tensor('uint8', crops[3]!, [1, 64, 64, 3]) }))['score']!.data[0] as number
    expect(Math.abs(learned.holdOutScores[3]! / score - 1)).toBeLessThan(0.15)
  })
})

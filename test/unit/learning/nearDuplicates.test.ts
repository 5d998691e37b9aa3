import { describe, expect, it } from 'vitest'
import { dealFolds } from '../../../src-main/learning/folds.ts'
import { findNearDuplicates } from '../../../src-main/learning/nearDuplicates.ts'
import { enrolHere, wholeRegion } from '../../support/enrolledModel.ts'
import { texturedCrops } from '../../support/texturedCrops.ts'

const cells = 96
const patchLength = 8
const isVisible = Array.from({ length: cells }, (_, cell) => cell >= 16)

/** Patches of part `part`; `noise` is what another picture of it adds. Hidden cells show anything. */
const patchesOf = (part: number, noise = 0): Float32Array =>
  Float32Array.from({ length: cells * patchLength }, (_, i) => Math.sin(i * (part + 1.37)) + noise * Math.cos(i * 7.1) + (i < 16 * patchLength ? 50 * Math.sin(part + noise) : 0))

const parts = Array.from({ length: 20 }, (_, part) => patchesOf(part))

describe('near-duplicates', () => {
  it('are none among different parts, nor where all pictures are the same to the last bit', () => {
    expect(findNearDuplicates(parts, isVisible)).toEqual(parts.map((_, image) => image))
    expect(findNearDuplicates(Array.from({ length: 12 }, () => patchesOf(1)), isVisible)).toEqual(Array.from({ length: 12 }, (_, image) => image))
  })

  it('go by the first picture of their part, whatever hidden cells show', () => {
    const found = findNearDuplicates([...parts, patchesOf(3, 0.02), patchesOf(7, 0.03), patchesOf(3, 0.04)], isVisible)
    expect(found).toEqual([...parts.map((_, image) => image), 3, 7, 3])
  })

  it('are left out of a model together, and the folds stay even', () => {
    const folds = dealFolds([0, 1, 1, 3, 4, 0, 6, 7, 8, 9, 10])
    expect(folds).toEqual([0, 1, 1, 2, 3, 0, 4, 5, 6, 7, 0])
  })
})

describe('a baseline in which some parts were taken twice', () => {
  it('gives those pictures the scores of parts that the model has not seen', { timeout: 60_000 }, async () => {
    const size = { widthPx: 64, heightPx: 64 }
    const crops = texturedCrops(24, size)
    const again = crops.slice(0, 4).map((crop) => crop.map((level, i) => (i % 101 === 0 ? level ^ 1 : level)))
    const { firstAlike, holdOutScores } = await enrolHere(wholeRegion([...crops, ...again], 64, 64))
    expect(firstAlike).toEqual([...crops.map((_, image) => image), 0, 1, 2, 3])
    const alone = await enrolHere(wholeRegion(crops, 64, 64))
    for (const image of [0, 1, 2, 3]) expect(holdOutScores[image]! / alone.holdOutScores[image]!).toBeGreaterThan(0.7)
  })
})

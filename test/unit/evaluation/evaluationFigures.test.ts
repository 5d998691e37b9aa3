import { describe, expect, it } from 'vitest'
import { evaluationFigures, warningsOf, type Observation } from '../../../src-main/learning/evaluation/evaluationFigures.ts'

const seen = (margin: number, more: Partial<Observation> = {}): Observation =>
  ({ defect: undefined, margin, isRejected: margin > 0, meanLevel: 100, focus: 50, refusedFor: undefined, ...more })

const observations = [
  seen(-3), seen(-2), seen(1), seen(-1),
  seen(2, { defect: 'crack' }), seen(-1.5, { defect: 'crack' }), seen(5, { defect: 'stain' }),
]

describe('evaluationFigures', () => {
  it('counts rejected good parts and found defects, in all and by kind, with exact intervals', () => {
    const figures = evaluationFigures(observations)
    expect(figures.falseRejectRate).toMatchObject({ value: 1 / 4, n: 4 })
    expect(figures.recall).toMatchObject({ value: 2 / 3, n: 3 })
    expect(figures.perDefect).toMatchObject({
      crack: { images: 2, imageAuroc: (4 + 2) / 8, recall: { value: 1 / 2, n: 2 } },
      stain: { images: 1, imageAuroc: 1, recall: { value: 1, n: 1 } },
    })
    expect(figures.imageAuroc).toBeCloseTo(10 / 12, 12)
    // Exact binomial interval of 1 in 4 (Clopper and Pearson, 1934).
    expect(figures.falseRejectRate.low).toBeCloseTo(0.0063, 4)
    expect(figures.falseRejectRate.high).toBeCloseTo(0.8059, 4)
  })

  it('says nothing where there is nothing to warn of', () => {
    expect(warningsOf(evaluationFigures(observations))).toEqual([])
  })

  it.each([[60, 'darker'], [140, 'brighter']])('warns when the defective ones are all %d bright, the %s way', (meanLevel) => {
    const told = observations.map((one) => (one.defect ? { ...one, meanLevel } : one))
    expect(warningsOf(evaluationFigures(told))).toEqual([expect.stringContaining('brightness alone') as string])
  })

  it('warns when sharpness alone tells them apart', () => {
    const told = observations.map((one) => (one.defect ? { ...one, focus: 10 } : one))
    expect(warningsOf(evaluationFigures(told))).toEqual([expect.stringContaining('sharpness alone') as string])
  })

  it('counts the frames that the station would have refused, by reason', () => {
    const figures = evaluationFigures([...observations, seen(0, { refusedFor: 'frame/dark' }), seen(0, { refusedFor: 'frame/dark', defect: 'crack' })])
    expect(figures.refusedFrames).toEqual({ 'frame/dark': 2 })
    expect(warningsOf(figures)).toEqual([expect.stringContaining('2 frame/dark') as string])
  })

  it('leaves unknown what needs a kind of image that is not there', () => {
    const figures = evaluationFigures([seen(-1)])
    expect(figures).toMatchObject({ imageAuroc: null, averagePrecision: null, perDefect: {}, recall: { n: 0, low: 0, high: 1 } })
    expect(warningsOf(figures)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { clopperPearson as byBetaQuantiles } from '../../../src-main/learning/proportion.ts'
import { clopperPearson } from '../../../src-renderer/wizard/threshold/clopperPearson.ts'

describe('the exact interval of a share', () => {
  it('agrees with the published figures: 0 of 30 is at most 11.6 %, 5 of 10 is 18.7 to 81.3 %', () => {
    expect(clopperPearson(0, 30)).toMatchObject({ value: 0, low: 0, high: expect.closeTo(0.1157, 4) })
    expect(clopperPearson(5, 10)).toMatchObject({ value: 0.5, low: expect.closeTo(0.1871, 4), high: expect.closeTo(0.8129, 4) })
  })

  it.each([[1, 20], [3, 50], [10, 200], [199, 200], [250, 500], [1, 2_000]])('is what the main process saves for %i of %i', (count, n) => {
    const { low, high } = clopperPearson(count, n)
    const expected = byBetaQuantiles(count, n)
    expect(low).toBeCloseTo(expected.low, 6)
    expect(high).toBeCloseTo(expected.high, 6)
  })

  it('knows nothing from nothing', () => {
    expect(clopperPearson(0, 0)).toEqual({ value: 0, low: 0, high: 1, n: 0 })
  })

  it('answers within the budget of a dragged line: under 20 ms for 500 images', () => {
    const begun = performance.now()
    for (let count = 0; count < 10; count++) clopperPearson(count, 500)
    expect((performance.now() - begun) / 10).toBeLessThan(20)
  })
})

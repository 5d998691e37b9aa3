import { describe, expect, it } from 'vitest'
import { findOutliers, findRepeats, forecastCoverage } from '../../../src-main/learning/baselineCoach.ts'

const usual = Array.from({ length: 40 }, (_, i) => 2 * Math.exp(0.15 * Math.sin(i * 12.9898)))

describe('images that do not belong', () => {
  it('are named though there are several, and the rest are not', () => {
    const found = findOutliers([...usual, 9, 8, 12])
    expect(found.slice(0, 40)).not.toContain(true)
    expect(found.slice(40)).toEqual([true, true, true])
  })

  it('are none among scores that spread evenly, that are all the same, or that are too few to tell', () => {
    expect(findOutliers(usual)).not.toContain(true)
    expect(findOutliers(Array<number>(30).fill(2))).not.toContain(true)
    expect(findOutliers([1, 1.1, 1.2, 50])).not.toContain(true)
  })

  it('are never those that look more normal than usual', () => { expect(findOutliers([...usual, 0.01])).not.toContain(true) })
})

describe('images that show a part again', () => {
  it('are those that repeat an earlier one in every region', () => {
    expect(findRepeats([{ firstAlike: [0, 0, 2, 2] }, { firstAlike: [0, 0, 2, 3] }], 4)).toEqual([false, true, false, false])
  })

  it('are none where a region cannot tell, or nothing was learnt', () => {
    expect(findRepeats([{ firstAlike: [0, 0] }, {}], 2)).toEqual([false, false])
    expect(findRepeats([], 2)).toEqual([false, false])
  })
})

describe('the coverage curve', () => {
  it('narrows with more images, and says when more are hardly worth taking', () => {
    const few = forecastCoverage(3, 30)
    expect(few.isWorthMore).toBe(true)
    expect(few.now).toMatchObject({ images: 30, n: 30, value: 0.1 })
    expect(few.doubled.high).toBeLessThan(few.now.high)
    const widths = few.points.map(({ low, high }) => high - low)
    expect(widths).toEqual([...widths].sort((a, b) => b - a))
    expect(forecastCoverage(40, 400).isWorthMore).toBe(false)
  })

  it('holds: of lines set on n images about 95 in 100 reject a share within the interval', () => {
    let state = 7
    const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32)
    let held = 0
    for (let run = 0; run < 400; run++) {
      const over = Array.from({ length: 60 }, random).filter((value) => value > 0.9).length
      const { low, high } = forecastCoverage(over, 60).now
      if (low <= 0.1 && 0.1 <= high) held++
    }
    expect(held / 400).toBeGreaterThanOrEqual(0.93)
  })
})

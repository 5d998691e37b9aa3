import { expect, it } from 'vitest'
import { adviseOnMissed } from '../../../src-main/learning/missedDefectAdvice.ts'

const heatmap = { bounds: { left: 0, top: 0, width: 640, height: 320 }, mapWidth: 32, mapHeight: 16, heatPerCount: 1, cells: new Uint8Array(512) }
const reading = (score: number) => ({ regionName: 'Face', score, unsureAbove: 10, heatmap, peak: { x: 5, y: 6 } })
const goodScores = Array.from({ length: 100 }, (_, i) => 1 + i / 10)
const kinds = (advice: ReturnType<typeof adviseOnMissed>) => advice.steps.map(({ kind }) => kind)

it('a defect just below the line is caught by a lower line, and what that costs is counted', () => {
  const advice = adviseOnMissed({ reading: reading(9.87654), hotCells: 20, scoreCells: 5, goodScores })
  expect(advice.threshold).toMatchObject({ line: 9.876, falseRejects: { value: 0.11, n: 100 }, falseRejectsNow: { value: 0.09 } })
  expect(kinds(adviseOnMissed({ reading: reading(9.97), hotCells: 20, scoreCells: 5, goodScores: goodScores.map((score) => score - 1) }))).toEqual(['lowerThreshold'])
})

it('the line that would have caught it lies below the score, also when the score has few digits', () => {
  for (const score of [2, 0.5, 1234, 9.999, 0.00123]) {
    const { line } = adviseOnMissed({ reading: reading(score), hotCells: 9, scoreCells: 5, goodScores }).threshold
    expect(line).toBeLessThan(score)
    expect(line).toBeGreaterThan(score * 0.99)
  }
})

it('a defect of fewer cells than make a score asks for a smaller region or a larger input first', () => {
  const advice = adviseOnMissed({ reading: reading(3), hotCells: 2, scoreCells: 5, goodScores })
  expect(kinds(advice)).toEqual(['smallerRegion', 'largerInput', 'moreImages', 'detector'])
  expect(advice.steps[0]).toMatchObject({ widthPx: 369, heightPx: 184 })
  expect(advice.defect).toMatchObject({ cells: 2, cellWidthPx: 20, cellHeightPx: 20 })
})

it('a large defect that scores like most good parts is not seen by these features', () => {
  const advice = adviseOnMissed({ reading: reading(3), hotCells: 40, scoreCells: 5, goodScores })
  expect(kinds(advice)).toEqual(['moreImages', 'detector'])
  expect(advice.goodAsHigh).toBeGreaterThan(0.7)
})

it('without good scores no line is recommended', () => {
  expect(kinds(adviseOnMissed({ reading: reading(9), hotCells: 40, scoreCells: 5, goodScores: [] }))).toEqual(['moreImages', 'detector'])
})

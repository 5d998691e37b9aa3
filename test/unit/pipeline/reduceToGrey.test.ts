import { expect, test } from 'vitest'
import { measureStructure } from '../../../src-main/pipeline/measureStructure.ts'
import { reduceToGrey } from '../../../src-main/pipeline/reduceToGrey.ts'

test('a block is the mean of its samples, and what fills no block is left out', () => {
  const data = Uint8Array.from({ length: 7 * 5 * 3 }, (_, i) => (i * 37) % 256)
  const reduced = reduceToGrey({ widthPx: 7, heightPx: 5, channels: 3, data }, { left: 1, top: 1, width: 5, height: 4 }, 2)
  expect([reduced.widthPx, reduced.heightPx]).toEqual([2, 2])
  const block = (left: number, top: number): number => {
    let sum = 0
    for (const y of [top, top + 1]) for (const x of [left, left + 1]) for (let c = 0; c < 3; c++) sum += data[(y * 7 + x) * 3 + c]!
    return Math.floor((sum + 6) / 12)
  }
  expect([...reduced.data]).toEqual([block(1, 1), block(3, 1), block(1, 3), block(3, 3)])
})

test('a ramp is as steep as it is, in its direction only; whichever that is', () => {
  for (const angle of [0, 0.4, 1.2, 2.9]) {
    const grey = { widthPx: 40, heightPx: 30, data: Uint8Array.from({ length: 1200 }, (_, i) => 128 + 2.5 * ((i % 40) - 20) * Math.cos(angle) + 2.5 * (Math.floor(i / 40) - 15) * Math.sin(angle)) }
    const { strong, weak } = measureStructure(grey)
    expect(strong).toBeCloseTo(2.5, 1)
    expect(weak).toBeLessThan(0.25)
  }
})

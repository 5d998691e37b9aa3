import { expect, test } from 'vitest'
import { heatPixels } from '../../src-renderer/console/heatPixels.ts'
import { viridis } from '../../src-renderer/console/viridis.ts'

const pixelAt = (heat: number, failAbove = 4) => {
  const cells = [heat / 0.1]
  return [...heatPixels({ failAbove, heatmap: { bounds: { left: 0, top: 0, width: 1, height: 1 }, mapWidth: 1, mapHeight: 1, heatPerCount: 0.1, cells } })]
}

test('heat at the limit has the same colour on every part and is opaque', () => {
  expect(pixelAt(4)).toEqual([...viridis(2 / 3).map((c) => Math.round(c)), 255])
  expect(pixelAt(8, 8)).toEqual(pixelAt(4))
})
test('a cold place is see-through', () => {
  expect(pixelAt(0)[3]).toBe(0)
  expect(pixelAt(1)[3]).toBe(0)
})
test('what is hotter than the scale has its last colour', () => {
  expect(pixelAt(20)).toEqual([253, 231, 37, 255])
})
test('viridis grows lighter all the way, so it also reads in grey', () => {
  const lightness = Array.from({ length: 101 }, (_, i) => viridis(i / 100)).map(([r, g, b]) => 0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2)
  for (let i = 1; i < lightness.length; i++) expect(lightness[i]!).toBeGreaterThan(lightness[i - 1]!)
})

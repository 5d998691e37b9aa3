import { describe, expect, test } from 'vitest'
import type { PixelImage } from '../../../src-main/domain/frame.ts'
import { measureFrame } from '../../../src-main/pipeline/measureFrame.ts'

const picture = (widthPx: number, heightPx: number, channels: 1 | 3, level: (x: number, y: number, channel: number) => number): PixelImage => ({
  widthPx,
  heightPx,
  channels,
  data: Uint8Array.from({ length: widthPx * heightPx * channels }, (_, i) => level(Math.floor(i / channels) % widthPx, Math.floor(i / channels / widthPx), i % channels)),
})

const busy = (x: number, y: number, channel: number): number => (x * x * 3 + y * 17 + x * y + channel * 41) % 256

/** Straight from the definitions, in floating point on G = mean of the channels. */
function slowly({ widthPx, heightPx, channels, data }: PixelImage) {
  const grey = (x: number, y: number): number => {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += data[(y * widthPx + x) * channels + c]!
    return sum / channels
  }
  const all: number[] = []
  const laplacians: number[] = []
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      all.push(grey(x, y))
      if (x > 0 && y > 0 && x < widthPx - 1 && y < heightPx - 1)
        laplacians.push(grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * grey(x, y))
    }
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
  const middle = mean(laplacians)
  const histogram = new Array<number>(64).fill(0)
  for (const level of all) histogram[Math.floor(level / 4)]!++
  return {
    focus: mean(laplacians.map((value) => (value - middle) ** 2)),
    meanLevel: mean(all),
    clippedFraction: all.filter((level) => level === 0 || level === 255).length / all.length,
    histogram,
  }
}

describe('measureFrame', () => {
  test.each([['grey', 1], ['RGB', 3]] as const)('agrees with the definitions on a busy %s image', (_, channels) => {
    const image = picture(37, 29, channels, (x, y, c) => (x < 4 ? 0 : x > 33 ? 255 : busy(x, y, c)))
    const measured = measureFrame(image)
    const expected = slowly(image)
    expect(measured.focus).toBeCloseTo(expected.focus, 6)
    expect(measured.meanLevel).toBeCloseTo(expected.meanLevel, 9)
    expect(measured.clippedFraction).toBeCloseTo(expected.clippedFraction, 12)
    expect(measured.histogram).toEqual(expected.histogram)
  })

  test('a flat image has no focus and one filled bin', () => {
    const { focus, meanLevel, histogram } = measureFrame(picture(16, 16, 3, () => 130))
    expect([focus, meanLevel, histogram[32]]).toEqual([0, 130, 256])
  })

  test('blurring lowers the focus', () => {
    const sharp = picture(40, 40, 1, (x) => (x % 4 < 2 ? 60 : 190))
    const soft = picture(40, 40, 1, (x) => [90, 120, 160, 120][x % 4]!)
    expect(measureFrame(soft).focus).toBeLessThan(measureFrame(sharp).focus / 2)
  })

  test.each([[1, 1], [2, 9], [9, 2]])('an image of %i×%i has no inner pixel and focus 0', (width, height) => {
    expect(measureFrame(picture(width, height, 1, busy)).focus).toBe(0)
  })

  describe('fingerprint', () => {
    const image = picture(31, 23, 3, busy)

    test('is the same for the same samples, wherever they lie in memory', () => {
      const elsewhere = new Uint8Array(new SharedArrayBuffer(image.data.length + 5)).subarray(5)
      elsewhere.set(image.data)
      expect(measureFrame({ ...image, data: elsewhere }).fingerprint).toBe(measureFrame(image).fingerprint)
      expect(measureFrame(image).fingerprint).toMatch(/^[0-9a-f]{16}$/)
    })

    test('changes with any single sample by a single level', () => {
      const original = measureFrame(image).fingerprint
      for (let i = 0; i < image.data.length; i++) {
        const data = image.data.slice()
        data[i]! ^= 1
        expect(measureFrame({ ...image, data }).fingerprint).not.toBe(original)
      }
    })

    test('tells the same samples in another shape apart', () => {
      const turned = { ...image, widthPx: image.heightPx, heightPx: image.widthPx }
      expect(measureFrame(turned).fingerprint).not.toBe(measureFrame(image).fingerprint)
    })
  })
})

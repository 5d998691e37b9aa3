import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { PixelImage } from '../../../src-main/domain/frame.ts'
import { boundsOf, contains, type Shape } from '../../../src-main/domain/geometry.ts'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import { cropRegion, cropRegions } from '../../../src-main/pipeline/cropRegions.ts'
import type { CropPlan } from '../../../src-main/ports/pixels.ts'

const pixel = (x: number, y: number, channel: number): number => (x * 7 + y * 13 + channel * 31) % 256

const picture = (widthPx: number, heightPx: number, channels: 1 | 3, level = pixel): PixelImage => {
  const data = new Uint8Array(widthPx * heightPx * channels)
  for (let i = 0; i < data.length; i++) {
    const at = Math.floor(i / channels)
    data[i] = level(at % widthPx, Math.floor(at / widthPx), i % channels)
  }
  return { widthPx, heightPx, channels, data }
}

const plan = (shape: Shape, inputWidthPx: number, inputHeightPx: number, masks: readonly Shape[] = []): CropPlan => ({
  id: 'face' as RegionId,
  shape,
  masks,
  model: { sha256: 'a'.repeat(64) as Sha256, inputWidthPx, inputHeightPx },
})

const rectangle = (x: number, y: number, width: number, height: number): Shape => ({ kind: 'rectangle', x, y, width, height })

/** The mean over the covered area, straight from its definition. */
function areaMean(image: PixelImage, box: readonly [number, number, number, number], channel: number): number {
  const [left, top, right, bottom] = box
  let sum = 0
  let area = 0
  for (let y = Math.floor(top); y < Math.ceil(bottom); y++)
    for (let x = Math.floor(left); x < Math.ceil(right); x++) {
      const weight = (Math.min(x + 1, right) - Math.max(x, left)) * (Math.min(y + 1, bottom) - Math.max(y, top))
      sum += weight * image.data[(y * image.widthPx + x) * image.channels + channel]!
      area += weight
    }
  return sum / area
}

describe('cropRegions', () => {
  test('a region at the model size is copied pixel for pixel', () => {
    const crop = cropRegion(picture(40, 30, 3), plan(rectangle(5, 7, 16, 12), 16, 12))
    expect([crop.widthPx, crop.heightPx, crop.data.length]).toEqual([16, 12, 16 * 12 * 3])
    for (let y = 0; y < 12; y++)
      for (let x = 0; x < 16; x++) for (let c = 0; c < 3; c++) expect(crop.data[(y * 16 + x) * 3 + c]).toBe(pixel(x + 5, y + 7, c))
  })

  test('a grey image comes out with its level in all three channels', () => {
    const { data } = cropRegion(picture(20, 20, 1), plan(rectangle(0, 0, 20, 20), 9, 9))
    expect(data.length).toBe(9 * 9 * 3)
    for (let i = 0; i < data.length; i += 3) expect([data[i + 1], data[i + 2]]).toEqual([data[i], data[i]])
  })

  test.each([[64, 48, 23, 17], [61, 47, 4, 5], [33, 50, 32, 25], [100, 9, 3, 9]])('shrinking %i×%i to %i×%i is the area mean', (width, height, toWidth, toHeight) => {
    const image = picture(width, height, 3)
    const { data } = cropRegion(image, plan(rectangle(0, 0, width, height), toWidth, toHeight))
    for (let y = 0; y < toHeight; y++)
      for (let x = 0; x < toWidth; x++) {
        const box = [(x * width) / toWidth, (y * height) / toHeight, ((x + 1) * width) / toWidth, ((y + 1) * height) / toHeight] as const
        for (let c = 0; c < 3; c++) expect(Math.abs(data[(y * toWidth + x) * 3 + c]! - areaMean(image, box, c))).toBeLessThan(0.6)
      }
  })

  test('enlarging a ramp keeps it a ramp, and the border does not fall off', () => {
    const ramp = picture(8, 8, 1, (x) => 20 + x * 20)
    const { data } = cropRegion(ramp, plan(rectangle(0, 0, 8, 8), 32, 32))
    const row = Array.from({ length: 32 }, (_, x) => data[x * 3]!)
    row.forEach((level, x) => { expect(level).toBe(Math.round(20 + 20 * Math.min(7, Math.max(0, (x + 0.5) / 4 - 0.5)))) })
  })

  test('a flat image stays exactly flat at any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 255 }), fc.constantFrom(1 as const, 3 as const), (width, height, toWidth, toHeight, level, channels) => {
        const { data } = cropRegion(picture(width, height, channels, () => level), plan(rectangle(0, 0, width, height), toWidth, toHeight))
        expect(data.every((sample) => sample === level)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  const triangle: Shape = { kind: 'polygon', points: [{ x: 3.2, y: 2.5 }, { x: 38.6, y: 11.1 }, { x: 14.9, y: 29.8 }] }
  const star: Shape = { kind: 'polygon', points: [{ x: 20, y: 1 }, { x: 26, y: 28 }, { x: 3, y: 10 }, { x: 37, y: 10 }, { x: 9, y: 28 }] }

  test.each([['triangle', triangle], ['star with a hollow middle', star]])('outside a %s everything is grey, inside it is the image', (_, shape) => {
    const mask = rectangle(15, 10, 6, 5)
    const image = picture(40, 30, 3)
    const wide = plan(shape, 0, 0, [mask])
    const bounds = boundsOf(shape, 40, 30)
    const size = { inputWidthPx: bounds.width, inputHeightPx: bounds.height }
    const { data } = cropRegion(image, { ...wide, model: { ...wide.model, ...size } })
    let shown = 0
    for (let y = 0; y < size.inputHeightPx; y++)
      for (let x = 0; x < size.inputWidthPx; x++) {
        const centre = { x: bounds.left + x + 0.5, y: bounds.top + y + 0.5 }
        const isShown = contains(shape, centre) && !contains(mask, centre)
        shown += Number(isShown)
        expect(data[(y * size.inputWidthPx + x) * 3]).toBe(isShown ? pixel(bounds.left + x, bounds.top + y, 0) : 128)
      }
    expect(shown).toBeGreaterThan(100)
  })

  test('what lies under a mask has no influence at all', () => {
    const mask = rectangle(10, 10, 12, 9)
    const clean = picture(40, 30, 3)
    const dirty = picture(40, 30, 3, (x, y, c) => (contains(mask, { x: x + 0.5, y: y + 0.5 }) ? 255 - pixel(x, y, c) : pixel(x, y, c)))
    const cut = (image: PixelImage): Uint8Array => cropRegion(image, plan(rectangle(2, 2, 36, 26), 13, 11, [mask])).data
    expect(cut(dirty)).toEqual(cut(clean))
    expect(cropRegion(dirty, plan(rectangle(2, 2, 36, 26), 13, 11)).data).not.toEqual(cut(clean))
  })

  test('a region that reaches over the edge is cut at the edge', () => {
    const { data } = cropRegion(picture(20, 20, 3), plan(rectangle(10, 12, 50, 50), 10, 8))
    expect([data[0], data[data.length - 1]]).toEqual([pixel(10, 12, 0), pixel(19, 19, 2)])
  })

  test('a region beside the image is a bug, not a grey crop', () => {
    expect(() => cropRegion(picture(20, 20, 3), plan(rectangle(30, 5, 10, 10), 8, 8))).toThrow(/outside the image/)
  })

  test('crops come in the order of the regions, each with its own size', () => {
    const crops = cropRegions(picture(40, 30, 1), [plan(rectangle(0, 0, 10, 10), 5, 4), plan(rectangle(4, 4, 20, 10), 7, 6)])
    expect(crops.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([[5, 4], [7, 6]])
  })
})

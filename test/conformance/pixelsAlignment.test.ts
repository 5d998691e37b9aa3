import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSharpPixels } from '../../src-main/adapters/pixels/sharpPixels.ts'
import type { Alignment } from '../../src-main/domain/alignment.ts'
import type { PixelImage } from '../../src-main/domain/frame.ts'
import type { Rectangle } from '../../src-main/domain/geometry.ts'
import { errorOf, posedParts } from '../support/posedParts.ts'

const pixels = createSharpPixels(new URL('../../src-main/hosts/pixelsThread.ts', import.meta.url))
afterAll(() => pixels.close())

const rectangle = (x: number, y: number, width: number, height: number): Rectangle => ({ kind: 'rectangle', x, y, width, height })
const holes = rectangle(350, 100, 220, 300)
const loose = { shiftPx: 20, rotationDeg: 6 }
let plate: Awaited<ReturnType<typeof posedParts>>
let alignment: Alignment
beforeAll(async () => {
  plate = await posedParts('plate', loose)
  const taught = await pixels.teachAlignment(plate.golden, { rectangle: holes })
  if (!taught.ok) throw new Error(taught.fault.detail)
  alignment = taught.value
})

/** Every sample is a function of its place. */
const drawn = (level: (x: number, y: number) => number, widthPx = 320, heightPx = 240): PixelImage => {
  const data = new Uint8Array(widthPx * heightPx)
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) data[y * widthPx + x] = level(x, y)
  return { widthPx, heightPx, channels: 1, data }
}

describe('a part that lies loosely', () => {
  test('is found to a small fraction of a pixel, in other light and with defects', async () => {
    const errors = []
    for (let number = 1; number <= 12; number++) {
      const part = plate.part(number, number % 2 === 0 ? 0.75 : 1)
      const pose = await pixels.align(part.image, alignment)
      if (!pose.ok) throw new Error(`part ${number}: ${pose.fault.detail}`)
      errors.push(errorOf(pose.value, part))
    }
    expect(Math.max(...errors.map(({ px }) => px))).toBeLessThan(0.2)
    expect(Math.max(...errors.map(({ deg }) => deg))).toBeLessThan(0.08)
  })

  test('has the same pose every time it is asked', async () => {
    const { image } = plate.part(3)
    expect(await pixels.align(image, alignment)).toEqual(await pixels.align(image, alignment))
  })

  test('a round part is found by its shift alone, when no rotation is asked for', async () => {
    const disc = (atX: number, atY: number): PixelImage => drawn((x, y) => 128 + 100 * Math.max(-1, Math.min(1, (35 - Math.hypot(x + 0.5 - atX, y + 0.5 - atY)) / 2)))
    const lesson = { rectangle: rectangle(60, 60, 100, 100), travel: { shiftPx: 20, rotationDeg: 0 } }
    const taught = await pixels.teachAlignment(disc(110, 110), lesson)
    if (!taught.ok) throw new Error(taught.fault.detail)
    const pose = await pixels.align(disc(117.3, 104.6), taught.value)
    expect(pose).toMatchObject({ ok: true, value: { rotationDeg: 0 } })
    if (!pose.ok) return
    expect(pose.value.dxPx).toBeCloseTo(7.3, 1)
    expect(pose.value.dyPx).toBeCloseTo(-5.4, 1)
  })

  test('the golden frame lies where it lay', async () => {
    const pose = await pixels.align(plate.golden, alignment)
    expect(pose).toMatchObject({ ok: true, value: { pivot: { x: 460, y: 250 } } })
    if (!pose.ok) return
    expect(Math.hypot(pose.value.dxPx, pose.value.dyPx)).toBeLessThan(0.1)
    expect(Math.abs(pose.value.rotationDeg)).toBeLessThan(0.02)
    expect(pose.value.score).toBeGreaterThan(0.99)
  })
})

describe('never an unaligned verdict: frame/notAligned', () => {
  const refused = (found: Awaited<ReturnType<typeof pixels.align>>): unknown => (found.ok ? found.value : found.fault.code)
  test.each<[string, () => PixelImage]>([
    ['an empty nest', () => drawn(() => 40, 640, 480)],
    ['noise', () => drawn((x, y) => (Math.imul(x * 7919 + y * 104_729, 2_654_435_761) >>> 13) & 255, 640, 480)],
    ['a picture upside down', () => { const { golden } = plate; return { ...golden, data: golden.data.slice().reverse() } }],
    ['a picture too small to search in', () => drawn((x) => x % 256, 120, 90)],
  ])('%s', async (_, image) => {
    expect(refused(await pixels.align(image(), alignment))).toBe('frame/notAligned')
  })

  test('another kind of part', async () => {
    const cap = await posedParts('cap', loose)
    expect(refused(await pixels.align(cap.golden, alignment))).toBe('frame/notAligned')
  })

  test('a part that moved further than allowed, although it is found', async () => {
    const tight = { ...alignment, travel: { shiftPx: 1, rotationDeg: 1 } }
    const far = [1, 2, 3, 4, 5, 6].map((number) => plate.part(number)).filter(({ placeOf }) => Math.abs(placeOf({ x: 460, y: 250 }).x - 460) > 4)
    expect(far.length).toBeGreaterThan(1)
    for (const { image } of far) expect(refused(await pixels.align(image, tight))).toBe('frame/notAligned')
  })

  test('a score below the limit', async () => {
    expect(await pixels.align(plate.part(1).image, { ...alignment, minScore: 0.999 })).toMatchObject({ ok: false, fault: { code: 'frame/notAligned', limit: 0.999 } })
  })
})

describe('what cannot be found again is not taught', () => {
  const soft = (distance: number): number => 128 + 100 * Math.max(-1, Math.min(1, distance / 3))
  test.each<[string, PixelImage, Rectangle, string]>([
    ['a plain surface', drawn((x, y) => 120 + ((x * 31 + y * 17) % 3)), rectangle(60, 60, 100, 100), 'alignment/flat'],
    ['one straight edge', drawn((x) => soft(x - 110)), rectangle(60, 60, 100, 100), 'alignment/oneDirection'],
    ['a slanting edge', drawn((x, y) => soft(x - y)), rectangle(60, 60, 100, 100), 'alignment/oneDirection'],
    ['a pattern that repeats itself', drawn((x, y) => soft(6 * Math.sin(x / 4) * Math.sin(y / 4))), rectangle(60, 60, 100, 100), 'alignment/notUnique'],
    ['a disc', drawn((x, y) => soft(35 - Math.hypot(x - 110, y - 110))), rectangle(60, 60, 100, 100), 'alignment/notUnique'],
    ['a rectangle beyond the picture', drawn((x, y) => soft(x - y)), rectangle(280, 60, 100, 100), 'request/invalid'],
    ['a rectangle of a few pixels', drawn((x, y) => soft(x - y)), rectangle(60, 60, 20, 100), 'request/invalid'],
  ])('%s', async (_, image, where, code) => {
    expect(await pixels.teachAlignment(image, { rectangle: where })).toMatchObject({ ok: false, fault: { code } })
  })

  test('a corner is', async () => {
    expect(await pixels.teachAlignment(drawn((x, y) => soft(Math.min(x - 100, y - 90))), { rectangle: rectangle(60, 60, 100, 100) })).toMatchObject({ ok: true })
  })
})

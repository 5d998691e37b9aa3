import { crc32, deflateSync } from 'node:zlib'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import sharp, { type Sharp } from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { createSharpPixels } from '../../src-main/adapters/pixels/sharpPixels.ts'
import type { Capture, Frame, PixelImage } from '../../src-main/domain/frame.ts'
import type { RegionId, Sha256 } from '../../src-main/domain/ids.ts'
import type { Result } from '../../src-main/domain/result.ts'
import { cropRegions } from '../../src-main/pipeline/cropRegions.ts'
import { encodeNetpbm } from '../../src-main/pipeline/netpbm.ts'
import type { CropPlan } from '../../src-main/ports/pixels.ts'
import { encodeBmp } from '../support/encodeBmp.ts'

const pixels = createSharpPixels(new URL('../../src-main/hosts/pixelsThread.ts', import.meta.url))
afterAll(() => pixels.close())

const width = 53
const height = 37

const captureOf = (bytes: Uint8Array, image?: PixelImage): Capture => ({
  camera: 'test', sequence: 7, original: { bytes, mediaType: 'image/png' }, settings: { asked: {}, achieved: {} },
  monotonicMs: 1, wallTime: '2026-01-01T00:00:00.000Z', isSimulated: false, ...(image ? { pixels: image } : {}),
})
const open = (bytes: Uint8Array, maxPixels = 1e7): Promise<Result<Frame>> => pixels.open(captureOf(bytes), maxPixels)

/** Samples that differ everywhere, over the whole range. */
const samples = (channels: number, limit: number): number[] => Array.from({ length: width * height * channels }, (_, i) => (i * 40_503 + (i >> 5) * 977) % limit)
const bytes8 = (channels: number): Uint8Array => Uint8Array.from(samples(channels, 256))
const words16 = (channels: number): Uint16Array => Uint16Array.from(samples(channels, 65_536))

const raw8 = (channels: 1 | 2 | 3 | 4, space: string): Sharp => sharp(bytes8(channels), { raw: { width, height, channels } }).toColourspace(space)
const raw16 = (channels: 1 | 3): Sharp => sharp(words16(channels), { raw: { width, height, channels } }).toColourspace(channels === 1 ? 'grey16' : 'rgb16')
const upper = (channels: 1 | 3): number[] => samples(channels, 65_536).map((value) => value >> 8)
const without = (channels: 2 | 4): number[] => samples(channels, 256).filter((_, i) => i % channels !== channels - 1)

describe('lossless formats come out sample for sample', () => {
  test.each<[string, 1 | 3, () => Promise<Uint8Array> | Uint8Array, () => number[]]>([
    ['PNG grey 8', 1, () => raw8(1, 'b-w').png().toBuffer(), () => samples(1, 256)],
    ['PNG RGB 8', 3, () => raw8(3, 'srgb').png().toBuffer(), () => samples(3, 256)],
    ['PNG grey 16', 1, () => raw16(1).png().toBuffer(), () => upper(1)],
    ['PNG RGB 16', 3, () => raw16(3).png().toBuffer(), () => upper(3)],
    ['PNG RGB and alpha', 3, () => raw8(4, 'srgb').png().toBuffer(), () => without(4)],
    ['PNG grey and alpha', 1, () => raw8(2, 'b-w').png().toBuffer(), () => without(2)],
    ['PNG interlaced', 3, () => raw8(3, 'srgb').png({ progressive: true }).toBuffer(), () => samples(3, 256)],
    ['TIFF grey 8', 1, () => raw8(1, 'b-w').tiff({ compression: 'none' }).toBuffer(), () => samples(1, 256)],
    ['TIFF RGB 8 LZW', 3, () => raw8(3, 'srgb').tiff({ compression: 'lzw' }).toBuffer(), () => samples(3, 256)],
    ['TIFF grey 16 deflate', 1, () => raw16(1).tiff({ compression: 'deflate' }).toBuffer(), () => upper(1)],
    ['TIFF RGB 16', 3, () => raw16(3).tiff({ compression: 'none' }).toBuffer(), () => upper(3)],
    ['TIFF tiled', 3, () => raw8(3, 'srgb').tiff({ compression: 'none', tile: true }).toBuffer(), () => samples(3, 256)],
    ['PGM 8', 1, () => encodeNetpbm({ widthPx: width, heightPx: height, channels: 1, data: bytes8(1) }), () => samples(1, 256)],
    ['PPM 16', 3, () => encodeNetpbm({ widthPx: width, heightPx: height, channels: 3, data: words16(3) }), () => upper(3)],
    ['BMP 24', 3, () => encodeBmp(width, height, 24, bytes8(3)), () => samples(3, 256)],
    ['BMP 24 top-down', 3, () => encodeBmp(width, -height, 24, bytes8(3)), () => samples(3, 256)],
    ['BMP 32', 3, () => encodeBmp(width, height, 32, bytes8(3)), () => samples(3, 256)],
    ['BMP 8 grey palette', 1, () => encodeBmp(width, height, 8, bytes8(1)), () => samples(1, 256)],
    ['BMP 4 grey palette', 1, () => encodeBmp(width, height, 4, bytes8(1).map((value) => value & 15)), () => samples(1, 256).map((value) => (value & 15) * 17)],
    ['BMP 1 black and white', 1, () => encodeBmp(width, height, 1, bytes8(1).map((value) => value & 1)), () => samples(1, 256).map((value) => (value & 1) * 255)],
  ])('%s', async (_, channels, encode, expected) => {
    const opened = await open(await encode())
    if (!opened.ok) throw new Error(opened.fault.detail)
    const { image } = opened.value
    expect([image.widthPx, image.heightPx, image.channels]).toEqual([width, height, channels])
    expect([...image.data]).toEqual(expected())
    expect(image.data.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test('a palette gives its colours, a 1-bit PNG black and white', async () => {
    const few = Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.floor(i / 3) % 5) * 50 + (i % 3))
    const palette = await open(await sharp(few, { raw: { width, height, channels: 3 } }).png({ palette: true, colours: 8, dither: 0 }).toBuffer())
    if (!palette.ok) throw new Error(palette.fault.detail)
    expect(Math.max(...palette.value.image.data.map((value, i) => Math.abs(value - few[i]!)))).toBeLessThanOrEqual(2)
    const bits = await open(onePixelPng(1, Buffer.from([0, 0x80])))
    expect(bits).toMatchObject({ ok: true, value: { image: { channels: 1, data: Uint8Array.of(255) } } })
  })
})

describe('lossy and odd formats', () => {
  const soft = Uint8Array.from({ length: width * height * 3 }, (_, i) => 60 + (Math.floor(i / 3) % width) * 2 + (i % 3) * 10)
  const softImage = sharp(soft, { raw: { width, height, channels: 3 } })
  const distance = (image: PixelImage): number => Math.max(...image.data.map((value, i) => Math.abs(value - soft[i]!)))

  test('a JPEG is near its picture, grey stays one channel', async () => {
    const colour = await open(await softImage.clone().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer())
    const grey = await open(await softImage.clone().toColourspace('b-w').jpeg().toBuffer())
    if (!colour.ok || !grey.ok) throw new Error('unreadable')
    expect(distance(colour.value.image)).toBeLessThan(12)
    expect(grey.value.image.channels).toBe(1)
  })

  test('a CMYK JPEG becomes RGB', async () => {
    const opened = await open(await softImage.clone().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer())
    if (!opened.ok) throw new Error(opened.fault.detail)
    expect(opened.value.image.channels).toBe(3)
    expect(distance(opened.value.image)).toBeLessThan(60)
  })

  test('EXIF orientation is left alone: the sensor geometry is the geometry', async () => {
    const opened = await open(await softImage.clone().withMetadata({ orientation: 6 }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer())
    if (!opened.ok) throw new Error(opened.fault.detail)
    expect([opened.value.image.widthPx, opened.value.image.heightPx]).toEqual([width, height])
    expect(distance(opened.value.image)).toBeLessThan(12)
  })

  test('a colour profile changes no sample', async () => {
    const opened = await open(await raw8(3, 'srgb').withIccProfile('p3').png().toBuffer())
    const plain = await open(await raw8(3, 'srgb').withIccProfile('p3').png().toBuffer().then((png) => sharp(png, { ignoreIcc: true }).png().toBuffer()))
    if (!opened.ok || !plain.ok) throw new Error('unreadable')
    expect(opened.value.image.data).toEqual(plain.value.image.data)
  })
})

describe('trouble is named', () => {
  const photo = sharp({ create: { width: 320, height: 240, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 30 } } })
  const encoders: readonly [string, () => Promise<Uint8Array>][] = [
    ['JPEG', () => photo.clone().jpeg({ quality: 95 }).toBuffer()],
    ['progressive JPEG', () => photo.clone().jpeg({ progressive: true }).toBuffer()],
    ['PNG', () => photo.clone().png().toBuffer()],
    ['TIFF', () => photo.clone().tiff({ compression: 'lzw' }).toBuffer()],
    ['BMP', async () => encodeBmp(320, 240, 24, (await photo.clone().raw().toBuffer()))],
    ['PPM', async () => encodeNetpbm({ widthPx: 320, heightPx: 240, channels: 3, data: await photo.clone().raw().toBuffer() })],
  ]

  test('0 bytes', async () => {
    expect(await open(new Uint8Array())).toMatchObject({ ok: false, fault: { code: 'frame/empty' } })
  })

  describe.each(encoders)('%s', (_, encode) => {
    test.each([0.02, 0.5, 0.9, 0.99])('cut off after %f of it', async (share) => {
      const whole = await encode()
      expect(await open(whole)).toMatchObject({ ok: true })
      expect(await open(whole.slice(0, Math.floor(whole.length * share)))).toMatchObject({ ok: false, fault: { code: 'frame/unreadable' } })
    })

    test('over the pixel limit', async () => {
      expect(await open(await encode(), 320 * 240 - 1)).toMatchObject({ ok: false, fault: { code: 'frame/tooLarge', measured: 76_800, limit: 76_799 } })
    })
  })

  test('a JPEG with a damaged middle', async () => {
    const broken = Uint8Array.from(await photo.clone().jpeg({ quality: 95 }).toBuffer())
    broken.fill(0xff, broken.length / 2, broken.length / 2 + 200)
    expect(await open(broken)).toMatchObject({ ok: false, fault: { code: 'frame/unreadable' } })
  })

  test.each([
    ['garbage', Uint8Array.from({ length: 5_000 }, (_, i) => (i * 131) & 255)],
    ['a text', Buffer.from('this is no image')],
    ['one byte', Uint8Array.of(66)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')],
    ['the start of a BMP', Buffer.from('BM')],
  ])('%s', async (_, bytes) => {
    expect(await open(bytes)).toMatchObject({ ok: false, fault: { code: 'frame/unreadable' } })
  })

  test('a GIF is refused by name', async () => {
    const opened = await open(await photo.clone().gif().toBuffer())
    expect(opened).toMatchObject({ ok: false, fault: { code: 'frame/unreadable', detail: expect.stringContaining('gif') as string } })
  })

  test('a decompression bomb is refused by its header, in no time and no memory', async () => {
    const before = process.memoryUsage().rss
    const opened = await open(bombPng(60_000, 60_000), 50_000_000)
    expect(opened).toMatchObject({ ok: false, fault: { code: 'frame/tooLarge', measured: 3_600_000_000 } })
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  })
})

describe('open', () => {
  test('keeps everything of the capture and adds image and quality', async () => {
    const capture = captureOf(await raw8(1, 'b-w').png().toBuffer())
    const opened = await pixels.open(capture, 1e6)
    expect(opened).toMatchObject({ ok: true, value: { ...capture, image: { widthPx: width }, quality: { fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string } } })
  })

  test('pixels that a camera brings are not decoded again and not copied', async () => {
    const data = new Uint8Array(new SharedArrayBuffer(width * height))
    data.set(bytes8(1))
    const opened = await pixels.open(captureOf(Buffer.from('no image at all'), { widthPx: width, heightPx: height, channels: 1, data }), 1e6)
    if (!opened.ok) throw new Error(opened.fault.detail)
    const before = opened.value.image.data[5]!
    data[5] = before ^ 255
    expect(opened.value.image.data[5]).toBe(before ^ 255)
  })

  test('many at once come back each to its own', async () => {
    const shots = await Promise.all(Array.from({ length: 12 }, (_, i) => sharp({ create: { width: 20 + i, height: 10, channels: 3, background: { r: i, g: i, b: i } } }).png().toBuffer()))
    const opened = await Promise.all(shots.map((png) => open(png)))
    expect(opened.map((one) => one.ok && [one.value.image.widthPx, one.value.image.data[0]])).toEqual(shots.map((_, i) => [20 + i, i]))
  })

  test('the main loop is never held up for long by a 12 Mpx image', async () => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 20 }
    const large = await sharp({ create: { width: 4_096, height: 3_072, channels: 3, background: '#000', noise } }).jpeg().toBuffer()
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const opened = await open(large, 2e7)
    delay.disable()
    expect(opened.ok).toBe(true)
    // A full copy of the pixels on this thread would take longer; the bound leaves room for a busy machine.
    expect(delay.percentile(50) / 1e6).toBeLessThan(5)
  })
})

describe('cut and preview', () => {
  const image: PixelImage = { widthPx: width, heightPx: height, channels: 3, data: bytes8(3) }
  const plans: readonly CropPlan[] = [8, 24].map((size) => ({
    id: `r${size}` as RegionId,
    shape: { kind: 'rectangle', x: 3, y: 2, width: 30, height: 28 },
    masks: [{ kind: 'rectangle', x: 5, y: 5, width: 4, height: 4 }],
    model: { sha256: 'b'.repeat(64) as Sha256, inputWidthPx: size, inputHeightPx: size },
  }))

  test('cut gives the same as the pure function, every time', async () => {
    expect(await pixels.cut(image, plans)).toEqual(cropRegions(image, plans))
    expect(await pixels.cut(image, plans)).toEqual(await pixels.cut(image, plans))
  })

  test('a preview is a JPEG no wider than asked, and never enlarged', async () => {
    for (const channels of [1, 3] as const) {
      const shown: PixelImage = { ...image, channels, data: bytes8(channels) }
      const small = await sharp(await pixels.preview(shown, 20)).metadata()
      const full = await sharp(await pixels.preview(shown, 500)).metadata()
      expect([small.format, small.width, full.width, full.height, full.channels]).toEqual(['jpeg', 20, width, height, channels])
    }
  })

  test('after close every call rejects', async () => {
    const closed = createSharpPixels(new URL('../../src-main/hosts/pixelsThread.ts', import.meta.url))
    expect((await closed.preview(image, 10)).length).toBeGreaterThan(100)
    await closed.close()
    await expect(closed.preview(image, 10)).rejects.toThrow(/closed/)
  })
})

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function pngFile(widthPx: number, heightPx: number, bitDepth: number, scanlines: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header[8] = bitDepth
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(scanlines)), pngChunk('IEND', Buffer.alloc(0))])
}

const onePixelPng = (bitDepth: number, scanlines: Buffer): Buffer => pngFile(1, 1, bitDepth, scanlines)

/** Claims 3.6 Gpx in a few kilobytes. */
const bombPng = (widthPx: number, heightPx: number): Buffer => pngFile(widthPx, heightPx, 8, Buffer.alloc(1_000_000))

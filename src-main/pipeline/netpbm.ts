import { fault } from '../domain/fault.ts'
import type { PixelImage } from '../domain/frame.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { newImage } from './newImage.ts'
import { refuseOversize } from './refuseOversize.ts'

/** Samples as a raw camera gives them: 8 bits, or up to 16 bits a sample. */
export interface RawSamples extends Omit<PixelImage, 'data'> {
  readonly data: Uint8Array | Uint16Array
}

/**
 * Writes a binary PGM (P5) or PPM (P6) in shared memory; 16-bit samples most significant byte first (netpbm's pgm(5), ppm(5)).
 * The header is padded with spaces to a multiple of four bytes, so that the samples can be read as words where they lie.
 */
export function encodeNetpbm({ widthPx, heightPx, channels, data }: RawSamples): Uint8Array {
  const wide = data instanceof Uint16Array
  const start = `${channels === 3 ? 'P6' : 'P5'}\n${widthPx} ${heightPx}\n`
  const end = wide ? '65535\n' : '255\n'
  const header = start + ' '.repeat((4 - ((start.length + end.length) % 4)) % 4) + end
  const bytes = new Uint8Array(new SharedArrayBuffer(header.length + data.byteLength))
  for (let i = 0; i < header.length; i++) bytes[i] = header.charCodeAt(i)
  if (!wide) bytes.set(data, header.length)
  else
    for (let i = 0, o = header.length; i < data.length; i++, o += 2) {
      bytes[o] = data[i]! >> 8
      bytes[o + 1] = data[i]! & 255
    }
  return bytes
}

/**
 * Reads the first image of a binary PGM or PPM. 8-bit samples are a view of `bytes`, not a copy; wider ones are reduced to their
 * upper 8 bits, counted from the largest value the header allows. Faults: frame/unreadable, frame/tooLarge.
 */
export function decodeNetpbm(bytes: Uint8Array, maxPixels: number): Result<PixelImage> {
  const header = readHeader(bytes)
  if (typeof header === 'string') return fail(fault('frame/unreadable', header))
  const { widthPx, heightPx, channels, maxValue, start } = header
  const oversize = refuseOversize(widthPx, heightPx, maxPixels)
  if (oversize) return fail(oversize)
  const samples = widthPx * heightPx * channels
  const size = samples * (maxValue > 255 ? 2 : 1)
  if (bytes.length - start < size)
    return fail(fault('frame/unreadable', `netpbm file is truncated: ${bytes.length - start} of ${size} bytes of pixels`))
  if (maxValue === 255) return succeed({ widthPx, heightPx, channels, data: bytes.subarray(start, start + size) })
  const image = newImage(widthPx, heightPx, channels)
  if (maxValue < 255) for (let i = 0; i < samples; i++) image.data[i] = Math.round((Math.min(bytes[start + i]!, maxValue) * 255) / maxValue)
  else for (let i = 0, at = start; i < samples; i++, at += 2) image.data[i] = Math.min(255, (((bytes[at]! << 8) | bytes[at + 1]!) * 256) / (maxValue + 1))
  return succeed(image)
}

interface Header extends Omit<PixelImage, 'data'> {
  readonly maxValue: number
  /** Offset of the first sample. */
  readonly start: number
}

const headerLimit = 1_000
const gap = '(?:\\s|#.*[\\n\\r])+'
const headerPattern = new RegExp(`^(P[56])${gap}(\\d{1,9})${gap}(\\d{1,9})${gap}(\\d{1,5})\\s`)

function readHeader(bytes: Uint8Array): Header | string {
  const match = headerPattern.exec(String.fromCharCode(...bytes.subarray(0, headerLimit)))
  if (!match) return 'not a binary PGM or PPM: its header cannot be read'
  const [widthPx, heightPx, maxValue] = [Number(match[2]), Number(match[3]), Number(match[4])]
  if (widthPx === 0 || heightPx === 0) return 'netpbm image without pixels'
  if (maxValue === 0 || maxValue > 65_535) return `netpbm maximum value ${maxValue} is not in 1…65535`
  return { widthPx, heightPx, channels: match[1] === 'P6' ? 3 : 1, maxValue, start: match[0].length }
}

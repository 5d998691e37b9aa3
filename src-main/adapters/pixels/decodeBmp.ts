import { fault } from '../../domain/fault.ts'
import type { PixelImage } from '../../domain/frame.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { newImage } from '../../pipeline/newImage.ts'
import { refuseOversize } from '../../pipeline/refuseOversize.ts'

/**
 * Reads an uncompressed Windows bitmap (BITMAPINFOHEADER and later) of 1, 4, 8, 24 or 32 bits a pixel; a palette of greys gives one
 * channel, alpha is dropped. Layout: Microsoft, "Bitmap Storage". sharp's prebuilt libvips cannot read BMP.
 * Faults: frame/unreadable, frame/tooLarge.
 */
export function decodeBmp(bytes: Uint8Array, maxPixels: number): Result<PixelImage> {
  const header = readHeader(bytes)
  if (typeof header === 'string') return fail(fault('frame/unreadable', header))
  const oversize = refuseOversize(header.widthPx, header.heightPx, maxPixels)
  if (oversize) return fail(oversize)
  const missing = header.pixelsAt + header.rowBytes * header.heightPx - bytes.length
  if (missing > 0) return fail(fault('frame/unreadable', `BMP is truncated: ${missing} bytes are missing`))
  return succeed(header.bitsPerPixel <= 8 ? readIndexed(bytes, header) : readTrueColour(bytes, header))
}

interface BmpHeader {
  readonly widthPx: number
  readonly heightPx: number
  readonly isTopDown: boolean
  readonly bitsPerPixel: number
  readonly pixelsAt: number
  readonly paletteAt: number
  readonly paletteSize: number
  readonly rowBytes: number
}

const fileHeaderBytes = 14
const infoHeaderBytes = 40
const uncompressed = 0
const bitFields = 3

function readHeader(bytes: Uint8Array): BmpHeader | string {
  if (bytes.length < fileHeaderBytes + infoHeaderBytes) return 'BMP is truncated in its header'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const infoBytes = view.getUint32(14, true)
  if (infoBytes < infoHeaderBytes) return 'BMP has an OS/2 header, which is not supported'
  const height = view.getInt32(22, true)
  const bitsPerPixel = view.getUint16(28, true)
  const compression = view.getUint32(30, true)
  const header = {
    widthPx: view.getInt32(18, true),
    heightPx: Math.abs(height),
    isTopDown: height < 0,
    bitsPerPixel,
    pixelsAt: view.getUint32(10, true),
    paletteAt: fileHeaderBytes + infoBytes,
    paletteSize: Math.min(view.getUint32(46, true) || 2 ** bitsPerPixel, 2 ** bitsPerPixel),
    rowBytes: Math.ceil((view.getInt32(18, true) * bitsPerPixel) / 32) * 4,
  }
  if (header.widthPx <= 0 || header.heightPx === 0) return 'BMP without pixels'
  if (![1, 4, 8, 24, 32].includes(bitsPerPixel)) return `BMP of ${bitsPerPixel} bits a pixel is not supported`
  if (compression !== uncompressed && !(compression === bitFields && bitsPerPixel === 32 && hasUsualMasks(view)))
    return `BMP compression ${compression} is not supported`
  if (bitsPerPixel <= 8 && header.paletteAt + 4 * header.paletteSize > bytes.length) return 'BMP is truncated in its palette'
  return header
}

/** Blue, green, red in that order, as without bit fields. */
const hasUsualMasks = (view: DataView): boolean =>
  view.byteLength >= 66 && view.getUint32(54, true) === 0xff0000 && view.getUint32(58, true) === 0xff00 && view.getUint32(62, true) === 0xff

const rowAt = ({ pixelsAt, rowBytes, heightPx, isTopDown }: BmpHeader, y: number): number =>
  pixelsAt + rowBytes * (isTopDown ? y : heightPx - 1 - y)

function readTrueColour(bytes: Uint8Array, header: BmpHeader): PixelImage {
  const image = newImage(header.widthPx, header.heightPx, 3)
  const step = header.bitsPerPixel / 8
  for (let y = 0, o = 0; y < header.heightPx; y++)
    for (let x = 0, i = rowAt(header, y); x < header.widthPx; x++, i += step, o += 3) {
      image.data[o] = bytes[i + 2]!
      image.data[o + 1] = bytes[i + 1]!
      image.data[o + 2] = bytes[i]!
    }
  return image
}

function readIndexed(bytes: Uint8Array, header: BmpHeader): PixelImage {
  const palette = readPalette(bytes, header)
  const channels = palette.every(([red, green, blue]) => red === green && green === blue) ? 1 : 3
  const image = newImage(header.widthPx, header.heightPx, channels)
  const { bitsPerPixel } = header
  const perByte = 8 / bitsPerPixel
  for (let y = 0, o = 0; y < header.heightPx; y++)
    for (let x = 0; x < header.widthPx; x++) {
      const byte = bytes[rowAt(header, y) + Math.floor(x / perByte)]!
      const index = (byte >> (8 - bitsPerPixel * ((x % perByte) + 1))) & (2 ** bitsPerPixel - 1)
      const colour = palette[index] ?? black
      for (let channel = 0; channel < channels; channel++) image.data[o++] = colour[channel]!
    }
  return image
}

type Colour = readonly [red: number, green: number, blue: number]
const black: Colour = [0, 0, 0]

const readPalette = (bytes: Uint8Array, { paletteAt, paletteSize }: BmpHeader): readonly Colour[] =>
  Array.from({ length: paletteSize }, (_, i) => {
    const at = paletteAt + 4 * i
    return [bytes[at + 2]!, bytes[at + 1]!, bytes[at]!]
  })

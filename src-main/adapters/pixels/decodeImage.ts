import sharp, { type Metadata } from 'sharp'
import { fault, type Fault } from '../../domain/fault.ts'
import type { PixelImage } from '../../domain/frame.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { decodeNetpbm } from '../../pipeline/netpbm.ts'
import { newImage } from '../../pipeline/newImage.ts'
import { refuseOversize } from '../../pipeline/refuseOversize.ts'
import { decodeBmp } from './decodeBmp.ts'

/**
 * Decodes a JPEG, PNG, TIFF (first page), BMP or binary netpbm, told apart by its content, into shared memory. The samples are those
 * in the file: no colour profile is applied (CMYK apart, which is converted to RGB) and EXIF orientation is left alone, because the
 * sensor's geometry is what regions are drawn on. 16-bit samples keep their upper 8 bits; alpha is dropped.
 * Faults: frame/empty, frame/unreadable (also truncated and damaged), frame/tooLarge from the header alone.
 */
export async function decodeImage(bytes: Uint8Array, maxPixels: number): Promise<Result<PixelImage>> {
  if (bytes.length === 0) return fail(fault('frame/empty', 'the image file has 0 bytes'))
  const magic = String.fromCharCode(...bytes.subarray(0, 2))
  if (magic === 'P5' || magic === 'P6') return decodeNetpbm(bytes, maxPixels)
  if (magic === 'BM') return decodeBmp(bytes, maxPixels)
  try {
    return await decodeWithSharp(bytes, maxPixels)
  } catch (error) {
    return fail(unreadable(error instanceof Error ? error.message : String(error)))
  }
}

const unreadable = (why: string): Fault => fault('frame/unreadable', why.trim().replaceAll(/\s*\n\s*/g, '; '))

const readableFormats: readonly string[] = ['jpeg', 'png', 'tiff']
const readableSpaces: readonly string[] = ['b-w', 'grey16', 'srgb', 'rgb', 'rgb16', 'cmyk']

async function decodeWithSharp(bytes: Uint8Array, maxPixels: number): Promise<Result<PixelImage>> {
  const metadata = await sharp(bytes, { limitInputPixels: false }).metadata()
  const unsupported = nameUnsupported(metadata)
  if (unsupported !== undefined) return fail(unreadable(unsupported))
  const oversize = refuseOversize(metadata.width, metadata.height, maxPixels)
  if (oversize) return fail(oversize)

  const isGrey = metadata.space === 'b-w' || metadata.space === 'grey16'
  const isWide = metadata.depth === 'ushort'
  const space = isWide ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb'
  const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'warning', ignoreIcc: metadata.space !== 'cmyk' })
    .removeAlpha()
    .toColourspace(space)
    .raw({ depth: isWide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const channels = isGrey ? 1 : 3
  if (info.channels !== channels) return fail(unreadable(`${info.channels} channels where ${channels} were expected`))
  const image = newImage(info.width, info.height, channels)
  if (isWide) for (let i = 0; i < image.data.length; i++) image.data[i] = data[2 * i + 1]!
  else image.data.set(data)
  return succeed(image)
}

function nameUnsupported({ format, space, depth }: Metadata): string | undefined {
  if (!readableFormats.includes(format)) return `${format} images are not supported`
  if (!readableSpaces.includes(space)) return `colour space ${space} is not supported`
  if (depth !== 'uchar' && depth !== 'ushort') return `samples of type ${depth} are not supported`
  return undefined
}

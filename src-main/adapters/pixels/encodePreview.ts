import sharp from 'sharp'
import type { PixelImage } from '../../domain/frame.ts'

const quality = 85

/** A JPEG no wider than `maxWidthPx`, for screens only. */
export async function encodePreview({ data, widthPx, heightPx, channels }: PixelImage, maxWidthPx: number): Promise<Uint8Array> {
  const jpeg = await sharp(data, { raw: { width: widthPx, height: heightPx, channels }, limitInputPixels: false })
    .resize({ width: maxWidthPx, withoutEnlargement: true })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality })
    .toBuffer()
  // A small Buffer lies in Node's shared pool, and a structured clone would carry the whole pool across.
  return new Uint8Array(jpeg)
}

import sharp from 'sharp'
import type { Alignment, AlignmentLesson, Pose } from '../../domain/alignment.ts'
import type { Crop, FrameQuality, PixelImage } from '../../domain/frame.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { cropRegions } from '../../pipeline/cropRegions.ts'
import { measureFrame } from '../../pipeline/measureFrame.ts'
import type { CropPlan } from '../../ports/pixels.ts'
import type { LaneMethods } from '../lane/lane.ts'
import { openAligner } from './alignment/openAligner.ts'
import { decodeImage } from './decodeImage.ts'
import { encodePreview } from './encodePreview.ts'

/** Bytes to decode, or pixels that are there already. */
export type OpenRequest = { readonly bytes: Uint8Array; readonly maxPixels: number } | { readonly pixels: PixelImage }

export interface OpenedImage {
  readonly image: PixelImage
  readonly quality: FrameQuality
}

export interface CutRequest {
  readonly image: PixelImage
  readonly plans: readonly CropPlan[]
  readonly pose?: Pose
}

export interface AlignRequest {
  readonly image: PixelImage
  readonly alignment: Alignment
}

export interface TeachRequest {
  readonly golden: PixelImage
  readonly lesson: AlignmentLesson
}

export interface PreviewRequest {
  readonly image: PixelImage
  readonly maxWidthPx: number
}

/** The inside of the pixels thread: what `sharpPixels` asks for. */
export function pixelsMethods(): LaneMethods {
  // One picture at a time and never the same one twice: libvips' cache would only hold memory, and its own pool would take the
  // cores that inference needs.
  sharp.cache(false)
  sharp.concurrency(1)
  const aligner = openAligner()
  return {
    async open(request: OpenRequest): Promise<Result<OpenedImage>> {
      const decoded = 'pixels' in request ? succeed(request.pixels) : await decodeImage(request.bytes, request.maxPixels)
      if (!decoded.ok) return decoded
      return succeed({ image: decoded.value, quality: measureFrame(decoded.value) })
    },
    async cut({ image, plans, pose }: CutRequest): Promise<readonly Crop[]> {
      return cropRegions(image, plans, pose)
    },
    align: ({ image, alignment }: AlignRequest): Promise<Result<Pose>> => aligner.align(image, alignment),
    teachAlignment: ({ golden, lesson }: TeachRequest): Promise<Result<Alignment>> => aligner.teach(golden, lesson),
    preview: ({ image, maxWidthPx }: PreviewRequest): Promise<Uint8Array> => encodePreview(image, maxWidthPx),
  }
}

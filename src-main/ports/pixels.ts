import type { Alignment, AlignmentLesson, Pose } from '../domain/alignment.ts'
import type { Capture, Crop, Frame, PixelImage } from '../domain/frame.ts'
import type { Region } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'

/**
 * Everything that touches many pixels, off the main loop. Obligations:
 * - `open` decodes (if the capture brings no pixels) and measures; it refuses more than `maxPixels` before decoding.
 *   Faults: frame/empty, frame/unreadable (also truncated), frame/tooLarge.
 * - `cut` gives one crop per region, in the regions' order, in RGB at the model's input size; pixels outside the shape or inside a
 *   mask are grey 128. With a pose, shapes and masks are places on the part: the picture is moved and turned back first. The same frame,
 *   regions and pose give the same bytes, always.
 * - `align` says where the part lies, against the frame that the alignment was taught from. The same frame and alignment give the same
 *   pose. Fault: frame/notAligned when it is not found, scores too low or lies further away than allowed; never a guess.
 * - `teachAlignment` takes the template out of a golden frame. Faults: request/invalid for a rectangle that cannot be used, and
 *   alignment/flat, alignment/oneDirection, alignment/notUnique where what it shows could not be found again.
 * - `preview` gives a JPEG no wider than `maxWidthPx`, for screens only.
 */
export interface PixelsPort {
  open(capture: Capture, maxPixels: number): Promise<Result<Frame>>
  cut(image: PixelImage, regions: readonly CropPlan[], pose?: Pose): Promise<readonly Crop[]>
  align(image: PixelImage, alignment: Alignment): Promise<Result<Pose>>
  teachAlignment(golden: PixelImage, lesson: AlignmentLesson): Promise<Result<Alignment>>
  preview(image: PixelImage, maxWidthPx: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** What `cut` needs of a region; before enrolment there is no model, so its place is taken by the size alone. */
export interface CropPlan extends Pick<Region, 'id' | 'shape' | 'masks'> {
  readonly model: Pick<Region['model'], 'sha256' | 'inputWidthPx' | 'inputHeightPx'>
}

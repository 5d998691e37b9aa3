import type { Capture, Crop, Frame, PixelImage } from '../domain/frame.ts'
import type { Region } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'

/**
 * Everything that touches many pixels, off the main loop. Obligations:
 * - `open` decodes (if the capture brings no pixels) and measures; it refuses more than `maxPixels` before decoding.
 *   Faults: frame/empty, frame/unreadable (also truncated), frame/tooLarge.
 * - `cut` gives one crop per region, in the regions' order, in RGB at the model's input size; pixels outside the shape or inside a
 *   mask are grey 128. The same frame and regions give the same bytes, always.
 * - `preview` gives a JPEG no wider than `maxWidthPx`, for screens only.
 */
export interface PixelsPort {
  open(capture: Capture, maxPixels: number): Promise<Result<Frame>>
  cut(image: PixelImage, regions: readonly CropPlan[]): Promise<readonly Crop[]>
  preview(image: PixelImage, maxWidthPx: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** What `cut` needs of a region; before enrolment there is no model, so its place is taken by the size alone. */
export interface CropPlan extends Pick<Region, 'id' | 'shape' | 'masks'> {
  readonly model: Pick<Region['model'], 'sha256' | 'inputWidthPx' | 'inputHeightPx'>
}

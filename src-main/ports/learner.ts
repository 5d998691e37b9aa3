import type { PixelImage } from '../domain/frame.ts'
import type { Bounds, Shape } from '../domain/geometry.ts'
import type { RegionId } from '../domain/ids.ts'
import type { RegionLimits, SealedModel } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'

/**
 * Enrolment in a process of its own: baseline images in, sealed model and limits out. Obligations:
 * - The same images, regions and options give the same model bytes (and so the same hash).
 * - Reports progress at least once a second; an aborted signal ends the work within a second with learning/cancelled and leaves
 *   nothing behind. Fewer than `minimumImages` good ones: learning/tooFewImages.
 */
export interface LearnerPort {
  enrol(request: EnrolRequest, onProgress: (progress: LearningProgress) => void, signal: AbortSignal): Promise<Result<readonly EnrolledRegion[]>>
}

export const minimumImages = 20

export interface EnrolRequest {
  readonly images: readonly PixelImage[]
  readonly regions: readonly RegionToLearn[]
  readonly options: LearningOptions
}

export interface RegionToLearn {
  readonly id: RegionId
  readonly shape: Shape
  readonly masks: readonly Shape[]
}

export interface LearningOptions {
  /** The model's input has about inputSize² pixels at the region's own aspect ratio. */
  readonly inputSize: number
  readonly seed: number
}

export interface LearningProgress {
  readonly stage: 'features' | 'whitening' | 'gaussians' | 'holdOut' | 'sealing'
  readonly regionId: RegionId
  /** 0–1 over the whole request. */
  readonly done: number
  readonly etaSeconds: number | null
}

export interface EnrolledRegion {
  readonly regionId: RegionId
  readonly bounds: Bounds
  readonly model: SealedModel
  readonly modelBytes: Uint8Array
  readonly limits: RegionLimits
  /** Cross-validated score of each baseline image, in the images' order: the threshold's evidence. */
  readonly holdOutScores: readonly number[]
  readonly seconds: number
}

import type { Bounds, Shape } from '../domain/geometry.ts'
import type { RegionId } from '../domain/ids.ts'
import type { AnomalyMethod, FeatureSettingName, ModelChoice, RegionLimits, SealedModel } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'

/**
 * Enrolment in a process of its own: crops of the baseline in, sealed model and limits out. Whole images stay with the caller, which
 * cuts them one at a time (200 images of 12 Mpx would not fit in memory). Obligations:
 * - The same crops and seed give the same model bytes (and so the same hash).
 * - Reports progress at least once a second; an aborted signal ends the work within a second with learning/cancelled and leaves
 *   nothing behind. Fewer than `minimumBaselineImages` good ones: learning/tooFewImages.
 */
export interface LearnerPort {
  enrol(request: EnrolRequest, onProgress: (progress: LearningProgress) => void, signal: AbortSignal): Promise<Result<readonly EnrolledRegion[]>>
}

/** Says what each setting would take, before there is a baseline: each is built about nothing and run many times. */
export interface SettingTimer {
  measureSettings(asked: SettingsToMeasure, signal: AbortSignal): Promise<Result<readonly SettingLatency[]>>
}

export interface SettingsToMeasure {
  readonly method: AnomalyMethod
  /** Bounding boxes of the regions of one part. */
  readonly regions: readonly Bounds[]
}

export interface EnrolRequest {
  readonly regions: readonly RegionToLearn[]
  readonly seed: number
}

export interface RegionToLearn extends ModelChoice {
  readonly id: RegionId
  readonly shape: Shape
  readonly masks: readonly Shape[]
  /** The model's input, from `inputSizeFor` (learning/inputSize.ts). */
  readonly inputWidthPx: number
  readonly inputHeightPx: number
  /** uint8 RGB [inputHeightPx, inputWidthPx, 3], one per baseline image and in the images' order, as `PixelsPort.cut` gives them. */
  readonly crops: readonly Uint8Array[]
}

export interface LearningProgress {
  readonly stage: 'features' | 'whitening' | 'gaussians' | 'holdOut' | 'sealing'
  readonly regionId: RegionId
  /** 0–1 over the whole request. */
  readonly done: number
  readonly etaSeconds: number | null
}

/** What the models of all regions of a part take together on this machine, in one of the settings. */
export interface SettingLatency {
  readonly setting: FeatureSettingName
  /** Median of many runs. */
  readonly latencyMs: number
}

export interface EnrolledRegion {
  readonly regionId: RegionId
  readonly model: SealedModel
  readonly modelBytes: Uint8Array
  readonly limits: RegionLimits
  /** Cross-validated score of each baseline image, in the images' order: the threshold's evidence. */
  readonly holdOutScores: readonly number[]
  /**
   * Of each baseline image the first that shows nearly the same, itself where it stands alone; such images were left out together.
   * Absent where a learner cannot tell.
   */
  readonly firstAlike?: readonly number[]
  readonly seconds: number
  /** Bare time of the sealed model, the median of many runs on this machine with the station's own number of threads. */
  readonly latencyMs: number
}

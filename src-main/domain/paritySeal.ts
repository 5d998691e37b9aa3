import type { MediaType } from './frame.ts'
import type { Sha256 } from './ids.ts'

/** Frames of the baseline with the scores they had at enrolment: every machine, version and provider that runs the recipe is held to them. */
export interface ParitySeal {
  readonly frames: readonly PinnedFrame[]
  /** Largest difference allowed, as a share of the region's `failAbove`, or of the sealed score where that is larger. */
  readonly tolerance: number
  readonly madeWith: SealOrigin
}

export interface PinnedFrame {
  /** The original bytes, kept as a baseline image. */
  readonly image: Sha256
  readonly mediaType: MediaType
  /** By region id; a screen's by `<id>/screen`. */
  readonly scores: Readonly<Record<string, number>>
}

/** What computed the scores: a change of any of these may change them. `provider` names all that took part, joined by '+'. */
export interface SealOrigin {
  readonly provider: string
  readonly version: string
  readonly onnxruntime: string
}

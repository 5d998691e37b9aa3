import type { Frame } from '../domain/frame.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { DefectClass, Detector, Region } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'
import type { LearnerPort, RegionToLearn } from './learner.ts'

/** A network whose features are learnt from, or an anomaly model that came trained. */
export const foreignKinds = ['backbone', 'anomalib'] as const
export type ForeignKind = (typeof foreignKinds)[number]

/** A file on this computer, and which one it was when it was taken in. */
export interface ForeignSource {
  readonly kind: ForeignKind
  readonly path: string
  readonly sha256: Sha256
}

/**
 * Other people's ONNX files, read, tried and sealed in a process of their own: whatever is in them disturbs nothing here. Obligations:
 * - A file that cannot be used is model/missing or model/invalid, and the detail names the file and what to do about it.
 * - One that is no longer the file that was taken in is model/hashMismatch.
 * - An aborted signal ends the work with learning/cancelled and leaves nothing behind.
 */
export interface ImporterPort {
  /** Runs a file on real crops as learning will, and says which file it is. */
  tryOut(kind: ForeignKind, path: string, regions: readonly RegionToLearn[], signal: AbortSignal): Promise<Result<ForeignSource>>
  /** Learns with the file in place of the station's own features. */
  learnerFrom(source: ForeignSource): LearnerPort
  sealDetector(wanted: DetectorToSeal, signal: AbortSignal): Promise<Result<SealedDetector>>
}

export interface DetectorToSeal {
  readonly path: string
  readonly region: Pick<Region, 'id' | 'name' | 'shape' | 'masks'>
  readonly frameSize: { readonly widthPx: number; readonly heightPx: number }
  /** A real picture: how the file is read is told from what it answers. */
  readonly picture: Frame['image']
  /** Of its labels in their order, where the file names none. */
  readonly names?: readonly string[]
  /** Limits that were set for a detector before it; classes of these names keep them. */
  readonly classes: readonly DefectClass[]
}

export interface SealedDetector {
  readonly detector: Detector
  readonly bytes: Uint8Array
}

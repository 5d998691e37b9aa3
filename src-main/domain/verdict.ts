import type { Pose } from './alignment.ts'
import type { Fault } from './fault.ts'
import type { Bounds, Point } from './geometry.ts'
import type { RegionId, Sha256 } from './ids.ts'
import { outputNames, type OutputName } from './recipe.ts'

/** What a sealed model gave for one crop. `heat` is row-major [mapHeight, mapWidth], in the unit of `score`. */
export interface RawScore {
  readonly regionId: RegionId
  readonly model: Sha256
  readonly score: number
  readonly heat: Float32Array
  readonly mapWidth: number
  readonly mapHeight: number
  readonly embedding: Float32Array
  readonly nearest: readonly number[]
  /** Execution provider that served this call, and the bare time of session.run. */
  readonly provider: string
  readonly modelMs: number
}

/** What a sealed detector gave for one crop: boxes [n, 4] (left, top, right, bottom) in pixels of the crop, the surest first. */
export interface RawDetections {
  readonly regionId: RegionId
  readonly model: Sha256
  readonly boxes: Float32Array
  readonly confidences: Float32Array
  readonly labels: readonly number[]
  readonly provider: string
  readonly modelMs: number
}

/** One thing that a detector found. */
export interface Detection {
  /** Name of the recipe's defect class. */
  readonly defectClass: string
  readonly confidence: number
  /** Whether it was sure and large enough for its class. */
  readonly counts: boolean
  /** In image coordinates, parts of pixels; for an aligned part, like its heatmap, a place of the golden frame. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
}

/** What one region measured, in the recipe's terms. */
export interface Reading {
  readonly regionId: RegionId
  readonly regionName: string
  readonly model: Sha256
  readonly score: number
  readonly failAbove: number
  readonly unsureAbove: number
  /** Largest connected area whose heat is over `failAbove`, in px² of the image. */
  readonly areaPx: number
  /** The hottest place, in image coordinates. */
  readonly peak: Point
  readonly heatmap: Heatmap
  readonly embedding: readonly number[]
  readonly provider: string
  /** Absent where the region has no screen. */
  readonly screening?: Screening
  /** The surest first, also those that no limit counts; absent where the region has no detector. */
  readonly detections?: readonly Detection[]
}

/**
 * What a region's screen made of it. With a score up to `passUpTo` it decided alone: the reading's model, score, limits and heat are then the
 * screen's own.
 */
export interface Screening {
  readonly model: Sha256
  readonly score: number
  readonly passUpTo: number
}

/** Heat over the region's bounding box, quantised: heat = cell × heatPerCount. */
export interface Heatmap {
  readonly bounds: Bounds
  /** Present for an aligned part: the box is then a place of the golden frame, and lies in the picture where the pose puts it. */
  readonly pose?: Pose
  readonly mapWidth: number
  readonly mapHeight: number
  readonly heatPerCount: number
  readonly cells: Uint8Array
}

export const reasonCodes = [
  'region/overLimit',
  'region/defectClass',
  'region/unsure',
  'region/belowMinArea',
  'region/notPersistent',
  'region/withinLimit',
  'gate/fault',
  'gate/noHoldLine',
  'gate/stationNotReady',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** Said to people through `resources/translations` (`reasons.<code>`), with these parameters. */
export interface Reason {
  readonly code: ReasonCode
  readonly params: Readonly<Record<string, string | number>>
}

export const outcomes = ['pass', 'fail', 'unsure'] as const
export type Outcome = (typeof outcomes)[number]

export interface Verdict {
  readonly outcome: Outcome
  readonly reasons: readonly Reason[]
}

/** What the line is told: each is the output of the same name. */
export const dispositionNames = outputNames
export type Disposition = OutputName

export interface GateDecision {
  readonly disposition: Disposition
  readonly reasons: readonly Reason[]
  readonly fault?: Fault
}

import type { PartId, Sha256 } from './ids.ts'

/** What the camera was asked for, or what it says it did. Units stand in the names; a camera leaves out what it has not. */
export interface CameraSettings {
  readonly exposureUs?: number
  readonly gainDb?: number
  readonly widthPx?: number
  readonly heightPx?: number
  /** `software`: a picture is taken when the station asks for one; absent: when the camera or its own input says so. */
  readonly triggerMode?: 'software'
}

export const mediaTypes = ['image/jpeg', 'image/png', 'image/bmp', 'image/tiff', 'image/x-portable-anymap'] as const
export type MediaType = (typeof mediaTypes)[number]

/** Bytes exactly as the acquisition side gave them; this is what evidence keeps. Raw cameras deliver a netpbm (P5 or P6). */
export interface OriginalImage {
  readonly bytes: Uint8Array
  readonly mediaType: MediaType
}

/** Row-major, channels interleaved (RGB), 8 bits a sample; 16-bit originals are reduced to their upper 8 bits. */
export interface PixelImage {
  readonly widthPx: number
  readonly heightPx: number
  readonly channels: 1 | 3
  readonly data: Uint8Array
}

/** Why a part is looked at now. `sourceKey` names the thing at the source (a file, a world's part) for ever. */
export interface Trigger {
  readonly partId: PartId
  readonly sequence: number
  readonly sourceKey: string
  /** Monotonic milliseconds of the trigger's edge. */
  readonly edgeMs: number
}

/** What a camera hands over for one trigger, not yet decoded. */
export interface Capture {
  readonly camera: string
  readonly sequence: number
  readonly original: OriginalImage
  /** Present when the camera works with raw pixels: the same samples as in `original`, so nothing is decoded twice. */
  readonly pixels?: PixelImage
  readonly settings: { readonly asked: CameraSettings; readonly achieved: CameraSettings }
  readonly monotonicMs: number
  readonly wallTime: string
  readonly isSimulated: boolean
  /** Known truth of a simulated part, kept beside the record and never given to the model. */
  readonly truth?: PartTruth
}

export interface PartTruth {
  readonly isDefective: boolean
  readonly defects: readonly string[]
  readonly frameFault?: string
  /** How far the part lies from the middle of the picture; the rotation is about the part's own middle, clockwise on a screen. */
  readonly pose?: { readonly xPx: number; readonly yPx: number; readonly rotationDeg: number }
}

/** Measured on the whole frame, on G = mean of the channels. */
export interface FrameQuality {
  /** Variance of the 4-neighbour Laplacian (Pech-Pacheco et al., 2000), in squared grey levels. */
  readonly focus: number
  /** 0–255. */
  readonly meanLevel: number
  /** Share of pixels at 0 or 255, 0–1. */
  readonly clippedFraction: number
  /** 64 bins of four grey levels, counts. */
  readonly histogram: readonly number[]
  /** 64-bit hash of all samples, hexadecimal: two frames with the same one are the same picture. */
  readonly fingerprint: string
}

export interface Frame extends Capture {
  readonly image: PixelImage
  readonly quality: FrameQuality
}

export const frameChecks = ['size', 'repeat', 'darkness', 'brightness', 'clipping', 'focus'] as const
export type FrameCheckName = (typeof frameChecks)[number]

/** One check of `checkFrame` with the figure it saw; all of them are stored with the record. */
export interface FrameCheck {
  readonly name: FrameCheckName
  readonly measured: number
  readonly limit: number
  readonly passed: boolean
}

/** A frame that may reach a model. Only `checkFrame` makes one. */
export interface SoundFrame {
  readonly frame: Frame
  readonly checks: readonly FrameCheck[]
}

/** uint8 RGB [heightPx, widthPx, 3] at the model's input size, cut from one region. */
export interface Crop {
  readonly regionId: string
  readonly model: Sha256
  readonly widthPx: number
  readonly heightPx: number
  readonly data: Uint8Array
}

import type { Fault } from './fault.ts'
import type { CameraSettings, FrameCheck, FrameQuality, MediaType, PartTruth } from './frame.ts'
import type { InspectionId, PartId, Sha256 } from './ids.ts'
import type { OutputName } from './recipe.ts'
import type { Disposition, Outcome, Reading, Reason } from './verdict.ts'

/** Times of the stops in ms; `decision` runs from the captured bytes in memory to the disposition. Stops that were not reached are absent. */
export type StopName = 'capture' | 'decode' | 'check' | 'align' | 'prepare' | 'infer' | 'verify' | 'model' | 'detect' | 'read' | 'judge' | 'gate' | 'decision'
export type Timings = Readonly<Partial<Record<StopName, number>>>

/** The evidence of one pass down the line. Field names follow OPC 40100-1 where it has one. */
export interface Inspection {
  readonly resultId: InspectionId
  readonly partId: PartId
  readonly jobId: string
  /** The station's count of triggers since it was commissioned; gaps are visible. */
  readonly sequence: number
  readonly sourceKey: string
  readonly isSimulated: boolean
  readonly recipe: Sha256
  readonly recipeName: string
  readonly frame: FrameRecord | null
  readonly readings: readonly Reading[]
  readonly outcome: Outcome | null
  readonly disposition: Disposition
  readonly reasons: readonly Reason[]
  readonly fault: Fault | null
  readonly timingsMs: Timings
  readonly wallTime: string
  readonly monotonicMs: number
  readonly bootId: string
  readonly software: Software
  /** How the part announced itself; absent in records from before parts were followed. */
  readonly line?: LineRecord
  readonly truth?: PartTruth
}

/** The first links of a part's chain; the last are in the receipt. */
export interface LineRecord {
  readonly triggerNumber: number
  readonly encoderCount: number | null
  readonly isChallenge: boolean
  /** Monotonic ms, as `Inspection.monotonicMs`. */
  readonly edgeMs: number
}

export interface FrameRecord {
  readonly camera: string
  readonly sequence: number
  readonly wallTime: string
  readonly monotonicMs: number
  readonly settings: { readonly asked: CameraSettings; readonly achieved: CameraSettings }
  readonly widthPx: number | null
  readonly heightPx: number | null
  readonly quality: FrameQuality | null
  readonly checks: readonly FrameCheck[]
  /** The original bytes, as they lie in the evidence store. */
  readonly image: { readonly sha256: Sha256; readonly bytes: number; readonly mediaType: MediaType; readonly file: string }
}

export interface Software {
  readonly version: string
  readonly node: string
  readonly onnxruntime: string
  readonly platform: string
}

/** What is known of an output after it was driven. */
export interface OutputReceipt {
  readonly output: OutputName
  readonly coil: number | null
  readonly delayMs: number
  readonly pulseMs: number
  /** Monotonic ms: when it was asked for, when the coil was written on, and off. */
  readonly askedMs: number
  readonly onMs: number | null
  readonly offMs: number | null
  /** Whether reading the coil after each write showed what was written. */
  readonly readBack: 'agrees' | 'disagrees' | 'unknown' | 'notWired'
  readonly fault: Fault | null
  /** Monotonic ms at which the PLC took the published result; absent where there is no handshake, null when it did not. */
  readonly acknowledgedMs?: number | null
  /** Monotonic ms at which the line said that the part is out; absent where nobody confirms, null when nothing came. */
  readonly confirmedMs?: number | null
}

/** `receipt` is null while the output is under way, and stays so when the station went down in between. */
export interface ClosedInspection extends Inspection {
  readonly receipt: OutputReceipt | null
}

import type { Alignment } from '../../domain/alignment.ts'
import type { Fault } from '../../domain/fault.ts'
import type { CameraSettings, FrameQuality, MediaType } from '../../domain/frame.ts'
import type { Shape } from '../../domain/geometry.ts'
import type { RegionId, Sha256 } from '../../domain/ids.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { LineSettings } from '../../domain/lineSettings.ts'
import type { AnomalyMethod, Calibration, ModelChoice, OutputName, OutputWiring, RegionLimits, SealedModel } from '../../domain/recipe.ts'
import type { Role } from '../../domain/role.ts'
import type { ForeignSource } from '../../ports/importer.ts'
import type { SettingLatency } from '../../ports/learner.ts'
import type { DraftDetector } from './draftDetector.ts'
import type { Setback, StepVisit } from './journal.ts'
import type { StepId } from './steps.ts'

/** Everything commissioning has found out so far. Saved at each action: a kill loses at most the action under way. */
export interface CommissioningDraft {
  readonly revision: number
  readonly name: string
  readonly camera: DraftCamera | null
  /** Where it is null, regions are places in the picture; otherwise places on the part. */
  readonly alignment: DraftAlignment | null
  /** Absent: sizes are known in pixels only. */
  readonly calibration?: Calibration
  readonly regions: readonly DraftRegion[]
  /** From one part to the next, as the technician says; absent: not said yet. */
  readonly cycleTimeMs?: number
  /** How the models are to learn; absent: `defaultModelChoice`. */
  readonly choice?: ModelChoice
  /** A file whose features, or whose whole model, takes the place of the station's own; absent: none. */
  readonly source?: ForeignSource
  readonly detectors?: readonly DraftDetector[]
  /** What the settings take on this machine, for each method that was measured. */
  readonly timings?: readonly MethodTiming[]
  readonly baseline: readonly BaselineFrame[]
  /** Parts that are defective for sure: they tell what a line misses, and never teach. */
  readonly knownBad: readonly KnownBadPart[]
  readonly knownBadScores: readonly KnownBadScore[]
  readonly learnt: LearntModels | null
  readonly plc: { readonly target: string; readonly wiring: OutputWiring }
  /** Absent: the camera triggers, parts are counted and nothing is confirmed. */
  readonly line?: LineSettings
  /** The last loops of the I/O test. */
  readonly lineTest?: LineTest
  readonly tests: readonly OutputTest[]
  /** In the order in which steps were opened; absent in drafts of earlier versions. */
  readonly visits?: readonly StepVisit[]
  readonly setbacks?: readonly Setback[]
  readonly waivers?: readonly Waiver[]
  /** Kinds of defect that this station is known not to find, in the technician's words. */
  readonly notCovered?: readonly string[]
  readonly signatures?: readonly Signature[]
}

/** A step that was left undone on purpose. It holds as long as what the step rests on does not change. */
export interface Waiver {
  readonly step: StepId
  readonly reason: string
  readonly who: string
  /** Wall time, ISO 8601. */
  readonly at: string
  /** `basisOf` the step at the time. */
  readonly basis: string
}

export const signatureMeanings = ['commissioned', 'approved'] as const

/** Name, role, meaning and time (21 CFR 11.50), of everything that the draft says; a later change makes it void. */
export interface Signature {
  readonly name: string
  readonly role: Role
  readonly meaning: (typeof signatureMeanings)[number]
  readonly at: string
  /** `draftBasis` at the time. */
  readonly basis: string
}

export interface DraftCamera {
  readonly source: string
  readonly isSimulated: boolean
  readonly achieved: CameraSettings
  readonly frameSize: { readonly widthPx: number; readonly heightPx: number }
}

export interface DraftAlignment {
  readonly taught: Alignment
  /** Over the good parts there were when it was taught; null when there were none. */
  readonly spread: AlignmentSpread | null
}

/** How loosely the good parts lie, and how surely they are found. */
export interface AlignmentSpread {
  readonly frames: number
  readonly found: number
  /** Standard deviations of those found; of the shift, √(variance in x + variance in y). */
  readonly shiftSdPx: number
  readonly rotationSdDeg: number
  readonly lowestScore: number
}

/** Belongs to regions of the size that `basis` names. */
export interface MethodTiming {
  readonly basis: string
  readonly method: AnomalyMethod
  readonly latencies: readonly SettingLatency[]
}

export interface DraftRegion {
  readonly id: RegionId
  readonly name: string
  readonly shape: Shape
  readonly masks: readonly Shape[]
}

/** One good part. `id` is the SHA-256 of the original bytes, which are kept as they came. */
export interface BaselineFrame {
  readonly id: Sha256
  readonly sourceKey: string
  readonly mediaType: MediaType
  readonly quality: Omit<FrameQuality, 'histogram'>
  readonly isSimulatedDefect: boolean
}

/** `id` is the SHA-256 of the original bytes, kept like the baseline's; `kind` is the technician's word for what is wrong with it. */
export interface KnownBadPart {
  readonly id: Sha256
  readonly sourceKey: string
  readonly mediaType: MediaType
  readonly kind: string
  /** Why its picture cannot be scored by the present models; the line never judges such a part, and so never accepts it. */
  readonly notScorable?: Fault
}

export interface KnownBadScore {
  readonly partId: Sha256
  readonly regionId: RegionId
  readonly model: Sha256
  readonly score: number
}

export interface LearntModels {
  /** `learningBasis` of the draft they were learnt from; they are stale when it is no longer the same. */
  readonly basis: string
  readonly frameIds: readonly Sha256[]
  readonly regions: readonly LearntRegion[]
}

export interface LearntRegion {
  readonly regionId: RegionId
  readonly model: SealedModel
  readonly limits: RegionLimits
  readonly holdOutScores: readonly number[]
  /** As `EnrolledRegion`; absent in drafts of earlier versions. */
  readonly firstAlike?: readonly number[]
  readonly seconds: number
  /** Bare time of the model on this machine when it was learnt; absent in drafts of earlier versions. */
  readonly latencyMs?: number
}

export interface OutputTest {
  /** `wiringBasis` at the time. */
  readonly basis: string
  readonly output: OutputName
  readonly receipt: OutputReceipt
  readonly confirmed: boolean
}

/** Twenty handshakes, or twenty loops from trigger to pulse. */
export interface LineTest {
  /** `lineBasis` at the time. */
  readonly basis: string
  readonly wanted: number
  readonly done: number
  /** Trigger to acknowledged result, or to the coil less its delay; null when no loop was completed. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number } | null
  /** The worst of all starts and widths. */
  readonly timingErrorMs: number
  /** What the line allows from trigger to decision; null: it says nothing. */
  readonly allowedMs: number | null
  readonly passed: boolean
  readonly wallTime: string
}

export const emptyDraft: CommissioningDraft = {
  revision: 0,
  name: 'Station',
  camera: null,
  alignment: null,
  regions: [],
  baseline: [],
  knownBad: [],
  knownBadScores: [],
  learnt: null,
  plc: { target: 'simulated', wiring: { reject: { coil: 0, delayMs: 0, pulseMs: 100 } } },
  tests: [],
}

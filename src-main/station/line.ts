import type { Fault } from '../domain/fault.ts'
import type { Trigger } from '../domain/frame.ts'
import type { PartId, Sha256 } from '../domain/ids.ts'
import type { Software } from '../domain/inspection.ts'
import type { TrackedPart } from '../domain/lineSignals.ts'
import type { Recipe } from '../domain/recipe.ts'
import type { StopReason } from '../domain/station.ts'
import type { JudgeHistory } from '../pipeline/judge.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { PlcPort } from '../ports/plc.ts'
import type { PublishedResult } from './lineTally.ts'

/** Everything one part meets on its way: opened devices, the recipe in force, and what the line remembers of earlier parts. */
export interface Line {
  readonly recipe: Recipe
  readonly recipeHash: Sha256
  readonly camera: CameraPort
  readonly pixels: PixelsPort
  readonly model: ModelPort
  readonly evidence: EvidencePort
  readonly plc: PlcPort
  readonly clock: ClockPort
  readonly origin: Origin
  readonly memory: LineMemory
  /** Conditions of READY that do not hold at this moment. */
  readonly blockers: () => readonly Fault[]
  /** Hears of every part once, just before the line does. */
  readonly onPublished: (result: PublishedResult) => void
  /** Hears of a pass that was counted and not given. */
  readonly onTakenBack: (result: PublishedResult) => void
  readonly onStopNeeded: (reason: StopReason, partId: PartId) => void
  /** Latches the station, and says what the part at hand is to be refused for. */
  readonly onBug: (error: unknown) => Fault
}

/** A part that has announced itself, under the name and number that its record will have. */
export interface ArrivedPart {
  readonly partId: PartId
  readonly sequence: number
  readonly part: TrackedPart
  /** Why it is not accepted, whatever it looks like. */
  readonly fault: Fault | null
}

/** A part with the camera's own word for its picture. */
export interface SeenPart extends ArrivedPart {
  readonly trigger: Trigger
}

/** What every record of this run says about where it comes from. */
export interface Origin {
  readonly jobId: string
  readonly bootId: string
  readonly software: Software
}

/** Changes with every part; belongs to one recipe. */
export interface LineMemory {
  sequence: number
  previousFingerprint: string | undefined
  history: JudgeHistory
}

/** Bounded waits: a device that takes longer has failed this part. No part waits for a pinned frame. */
export const deadlines = { captureMs: 2_000, inferMs: 2_000, parityMs: 60_000 } as const

import type { Fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { Software } from '../domain/inspection.ts'
import type { Recipe } from '../domain/recipe.ts'
import type { JudgeHistory } from '../pipeline/judge.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { PlcPort } from '../ports/plc.ts'

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
}

/** What every record of this run says about where it comes from. */
export interface Origin {
  readonly jobId: string
  readonly bootId: string
  readonly software: Software
}

/** Changes with every part; belongs to one run of one recipe. */
export interface LineMemory {
  sequence: number
  previousFingerprint: string | undefined
  history: JudgeHistory
}

/** Bounded waits: a device that takes longer has failed this part. No part waits for a pinned frame. */
export const deadlines = { captureMs: 2_000, inferMs: 2_000, parityMs: 60_000 } as const

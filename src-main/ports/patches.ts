import type { Sha256 } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'

/**
 * The patches that a sealed model compares with what it has learnt, for explaining a score. Obligations:
 * - Runs beside the line at low priority, on one thread, in no process that a part waits for.
 * - `open` answers null for a model that has no patches (an imported one). Opening the same hash again is free. Fault: model/invalid.
 * - `read` gives the patches of one crop in the space in which the model measures distances. Fault: model/missing for a hash that is not open.
 * - Both: model/timeout when nothing comes, model/unavailable when the process dies; the next call starts another.
 */
export interface PatchPort {
  open(sha256: Sha256, bytes: Uint8Array): Promise<Result<PatchShape | null>>
  /** Float32 [height, width, length], row by row. The crop is uint8 RGB at the model's input size. */
  read(sha256: Sha256, crop: Uint8Array): Promise<Result<Float32Array>>
  close(): Promise<void>
}

export interface PatchShape {
  /** Cells of the model's map. */
  readonly width: number
  readonly height: number
  /** Numbers that describe one patch. */
  readonly length: number
}

import type { Crop } from '../domain/frame.ts'
import type { Health } from '../domain/health.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { Result } from '../domain/result.ts'
import type { RawDetections, RawScore } from '../domain/verdict.ts'

/**
 * Sealed models, run outside the main event loop. Obligations:
 * - `load` checks the hash of the bytes before anything else (model/hashMismatch), then inputs, outputs and absence of external
 *   data (model/invalid), and warms the model up; loading the same hash again is free. `unloadAll` forgets every model.
 * - `run` scores crops in order within `deadlineMs` (model/timeout); an unknown hash is model/missing; NaN is model/invalid.
 *   `detect` does the same with sealed detectors; `load` tells by its outputs which of the two a file is.
 * - Providers are tried in the order configured. One that is passed over is never passed over silently: `LoadedModel.passedOver` and
 *   `health` (maintenance) say which and why.
 * - When the inference process dies, `run` in flight resolves with model/unavailable, the process is started again with
 *   back-off, its models are loaded again, and `health` says so meanwhile. `onHealth` is called at each change.
 */
export interface ModelPort {
  load(sha256: Sha256, bytes: Uint8Array): Promise<Result<LoadedModel>>
  unloadAll(): Promise<void>
  run(crops: readonly Crop[], deadlineMs: number): Promise<Result<readonly RawScore[]>>
  detect(crops: readonly Crop[], deadlineMs: number): Promise<Result<readonly RawDetections[]>>
  /** Which execution providers serve the loaded models now, sorted, each once; empty while none is served. */
  providers(): readonly string[]
  health(): Health
  onHealth(listener: (health: Health) => void): () => void
  close(): Promise<void>
}

export interface LoadedModel {
  readonly sha256: Sha256
  readonly provider: string
  /** The providers before it, and what each of them said. */
  readonly passedOver: readonly string[]
  readonly inputWidthPx: number
  readonly inputHeightPx: number
  /** 0 for a detector, which has no map. */
  readonly mapWidth: number
  readonly mapHeight: number
  readonly warmUpMs: number
}

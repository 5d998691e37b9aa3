import type { Fault } from '../domain/fault.ts'
import type { Capture, CameraSettings, Trigger } from '../domain/frame.ts'
import type { Health } from '../domain/health.ts'
import type { Result } from '../domain/result.ts'

/**
 * One camera. Obligations of every twin:
 * - `open` applies the settings and resolves with what was achieved; a second `open` re-applies.
 * - `awaitTrigger` gives each trigger once, in order, and never drops one silently: what is lost at the source comes out of
 *   `capture` as the Fault `camera/lostFrame`. It resolves with undefined when the signal is aborted, or when the source is
 *   exhausted and `whenEmpty` is 'end'.
 * - Opened with `triggerMode` 'software', being asked is the trigger: `awaitTrigger` gives the next part at once, and its picture is
 *   taken from then on. A folder gives its next file.
 * - `capture` gives the image of exactly that trigger, or a Fault; it answers within `deadlineMs`. A Fault may carry the original
 *   bytes: what the acquisition side wrote is evidence even when it cannot be read.
 * - `confirm` says that the inspection of this trigger is durable; until then the source may offer it again after a restart.
 * - `preview` shows what the camera sees now and never uses up a part; undefined when nothing has been seen yet.
 * - `close` frees the device; after it every call gives `camera/unavailable`.
 */
export interface CameraPort {
  readonly name: string
  readonly isSimulated: boolean
  open(settings: CameraSettings): Promise<Result<CameraSettings>>
  awaitTrigger(options: { readonly whenEmpty: 'wait' | 'end'; readonly signal: AbortSignal }): Promise<Trigger | undefined>
  capture(trigger: Trigger, deadlineMs: number): Promise<CaptureResult>
  confirm(trigger: Trigger): Promise<void>
  preview(): Promise<Result<Capture> | undefined>
  health(): Health
  close(): Promise<void>
}

export type CaptureResult =
  | { readonly ok: true; readonly value: Capture }
  | { readonly ok: false; readonly fault: Fault; readonly original?: Capture['original'] }

/** What a simulated camera can be told to do to the next parts, by a click or a test. */
export interface WorldControls {
  readonly defects: readonly string[]
  readonly frameFaults: readonly string[]
  /** The next part carries this defect or frame fault, whatever the rates say. */
  inject(what: string): Result<void>
  /** 'good' pauses defects and faults (baseline capture), 'defective' gives every part a defect and no frame fault (known-bad parts); 'mixed' follows the world's rates. */
  setSupply(supply: 'good' | 'defective' | 'mixed'): void
}

export interface SimulatedCameraPort extends CameraPort {
  readonly controls: WorldControls
}

import type { ClosedInspection } from '../domain/inspection.ts'
import type { ControlHolder } from '../domain/station.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LogPort } from '../ports/log.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { Origin } from './line.ts'
import type { Devices } from './prepareLine.ts'

export interface StationParts extends Devices {
  readonly clock: ClockPort
  readonly log: LogPort
  readonly evidence: EvidencePort
  readonly model: ModelPort
  readonly pixels: PixelsPort
  readonly origin: Origin
  /** What to do when the camera has nothing more: wait for ever, or end the run. */
  readonly whenEmpty: 'wait' | 'end'
  /** Somebody said so for this run: a simulated camera may move a real output. */
  readonly allowsSimulatedCamera?: boolean
  /** Who commands the station at first; absent: a person. */
  readonly control?: ControlHolder
}

export interface StationListener {
  /** State, readiness or devices have changed. */
  onChange(): void
  /** Durable; its output is under way. */
  onRecorded(inspection: ClosedInspection): void
  /** Output driven, receipt stored. */
  onClosed(inspection: ClosedInspection): void
  /** The camera has nothing more, and `whenEmpty` is 'end'. */
  onEmpty(): void
}

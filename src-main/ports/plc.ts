import type { Health } from '../domain/health.ts'
import type { OutputReceipt } from '../domain/inspection.ts'
import type { LineSettings } from '../domain/lineSettings.ts'
import type { LineInput, OutputOrder, RegisterRow, StationStatus, TrackedPart, TrafficEntry } from '../domain/lineSignals.ts'
import type { OutputWiring } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'

/** What of the recipe the line's side needs. */
export interface LineWiring {
  readonly outputs: OutputWiring
  readonly line?: LineSettings
}

/** Trouble at a click, for trying out what the station makes of it. */
export interface PlcSimulation {
  /** `unplugged` is always among them. */
  readonly faults: readonly string[]
  setFault(name: string, isOn: boolean): Promise<void>
}

/**
 * The line's side of the station. Obligations:
 * - `open` connects, writes every wired coil off and reads it back; it is safe to call again after a loss.
 * - `onInput` hears of every trigger once, in order, whatever the station is doing: what does not fit is for the station to say.
 * - `track` says that a part is on its way: it is a reject until its own accept arrives inside the deadline.
 * - `drive` tells the line of one part. Client role and GPIO: it waits the line's delay (from the trigger's edge or its encoder count
 *   where the line says so, else from the call), writes the coil on, reads it back, waits the pulse width, writes it off, reads it
 *   back; where rejects are confirmed, it waits for that as well. Server role: it publishes the result and waits until the PLC has
 *   taken it. It always resolves with a receipt: trouble is in `receipt.fault`, and the coil is written off again if that is possible
 *   at all. Pulses of several parts may overlap in time; commands on one connection are queued, never interleaved. Two pulses of one
 *   coil that overlap keep it on until the later one ends.
 * - The width counts from when the coil went on. A pulse that cannot start in time is not given: late, it would hit another part.
 * - A write that timed out may still have happened: its state is unknown until a read-back says so.
 * - A lost connection is opened again with back-off and jitter; meanwhile `health` is failure and `drive` answers at once.
 * - `makeSafe` writes every wired coil off, cancels pulses not yet begun, and is called on stop, on a bug and at exit.
 * - `tell` is the station's own heartbeat: a line that hears nothing for 0.5 s takes nothing for a pass.
 */
export interface PlcPort {
  readonly isSimulated: boolean
  open(wiring: LineWiring): Promise<Result<void>>
  onInput(listener: (input: LineInput) => void): () => void
  track(part: TrackedPart): void
  drive(order: OutputOrder): Promise<OutputReceipt>
  tell(status: StationStatus): void
  makeSafe(): Promise<Result<void>>
  health(): Health
  onHealth(listener: (health: Health) => void): () => void
  /** Called at each change of a coil that was confirmed by read-back, for the output lamps. */
  onCoil(listener: (coil: number, isOn: boolean) => void): () => void
  /** What the I/O screen shows; asks the device where it must. Never on a part's way. */
  registers(): Promise<Result<readonly RegisterRow[]>>
  /** Moves one coil by hand, read back. For commissioning only: no part is under way then. */
  force(coil: number, isOn: boolean): Promise<Result<void>>
  /** What a simulated PLC can be told to get wrong; absent on a real one. */
  readonly simulation?: PlcSimulation
  /** While somebody listens, every request and reply. */
  onTraffic(listener: (entry: TrafficEntry) => void): () => void
  close(): Promise<void>
}

import type { Health } from '../domain/health.ts'
import type { OutputReceipt } from '../domain/inspection.ts'
import type { OutputLine, OutputName, OutputWiring } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'

/**
 * The line's side of the station. Obligations:
 * - `open` connects, writes every wired coil off and reads it back; it is safe to call again after a loss.
 * - `drive` waits the line's delay, writes the coil on, reads it back, waits the pulse width, writes it off, reads it back. It always
 *   resolves with a receipt: trouble is in `receipt.fault` and the coil is written off again if that is possible at all.
 *   Pulses of several parts may overlap in time; commands on one connection are queued, never interleaved. Two pulses of one coil
 *   that overlap keep it on until the later one ends.
 * - The width counts from when the coil went on. A pulse that cannot start in time is not given: late, it would hit another part.
 * - A write that timed out may still have happened: its state is unknown until a read-back says so.
 * - A lost connection is opened again with back-off and jitter; meanwhile `health` is failure and `drive` answers at once.
 * - `makeSafe` writes every wired coil off, cancels pulses not yet begun, and is called on stop, on a bug and at exit.
 */
export interface PlcPort {
  readonly isSimulated: boolean
  open(wiring: OutputWiring): Promise<Result<void>>
  drive(output: OutputName, line: OutputLine): Promise<OutputReceipt>
  makeSafe(): Promise<Result<void>>
  health(): Health
  onHealth(listener: (health: Health) => void): () => void
  /** Called at each change of a coil that was confirmed by read-back, for the output lamps. */
  onCoil(listener: (coil: number, isOn: boolean) => void): () => void
  close(): Promise<void>
}

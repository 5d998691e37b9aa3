import type { Fault } from '../../domain/fault.ts'
import type { Result } from '../../domain/result.ts'

/** A PLC answers within its scan of 10–100 ms. */
export const requestTimeoutMs = 300

/**
 * One connection to a device with coils: all in which the twins differ. Everything else (pulses, read-back, reconnecting,
 * health) is `coilPlc`, once for both.
 * - `coilPlc` never asks twice at the same time, so a link needs no queue.
 * - Every call answers within `requestTimeoutMs` or little more: plc/timeout when the device is silent (a write may still have happened),
 *   plc/refused when it says no, plc/unreachable when there is no connection or it broke meanwhile.
 */
export interface CoilLink {
  /** Where it leads, for people: `tcp://192.168.0.10:502/1`. */
  readonly name: string
  readonly isSimulated: boolean
  readonly isConnected: boolean
  /** Succeeds at once when connected. */
  connect(): Promise<Result<void>>
  writeCoil(coil: number, isOn: boolean): Promise<Result<void>>
  readCoil(coil: number): Promise<Result<boolean>>
  /** Gives the connection up for this reason; whoever listens to `onLost` hears of it, as of every other loss. */
  drop(reason: Fault): void
  onLost(listener: (reason: Fault) => void): void
}

import type { Fault } from '../../domain/fault.ts'
import type { RegisterSpace } from '../../domain/lineSignals.ts'
import type { Result } from '../../domain/result.ts'

/** A PLC answers within its scan of 10–100 ms. */
export const requestTimeoutMs = 300

export type CoilRequest =
  | { readonly kind: 'write'; readonly coil: number; readonly isOn: boolean }
  | { readonly kind: 'read'; readonly space: RegisterSpace; readonly first: number; readonly count: number }

export interface CoilReply {
  /** What was read: bits as 0 or 1, registers 0–65,535; nothing for a write. */
  readonly result: Result<readonly number[]>
  /** Unit and PDU, hexadecimal, without what TCP or the serial line puts around them; empty or absent where nobody shows them. */
  readonly bytes?: { readonly sent: string; readonly received: string }
}

/**
 * One connection to a device with coils and inputs: all in which the twins differ. Everything else (pulses, read-back, scanning,
 * reconnecting, health) is `coilPlc`, once for all.
 * - `coilPlc` never asks twice at the same time, so a link needs no queue.
 * - Every reply comes within `requestTimeoutMs` or little more: plc/timeout when the device is silent (a write may still have happened),
 *   plc/refused when it says no, plc/unreachable when there is no connection or it broke meanwhile.
 */
export interface CoilLink {
  /** Where it leads, for people: `tcp://192.168.0.10:502/1`. */
  readonly name: string
  readonly isSimulated: boolean
  readonly isConnected: boolean
  /** How often the inputs are looked at, as fast as such a link bears beside its outputs. */
  readonly scanMs: number
  /** How many inputs in a row may be asked for at once though only some of them are wired. */
  readonly inputSpan: number
  /** Succeeds at once when connected. */
  connect(): Promise<Result<void>>
  ask(request: CoilRequest): Promise<CoilReply>
  /** Gives the connection up for this reason; whoever listens to `onLost` hears of it, as of every other loss. */
  drop(reason: Fault): void
  onLost(listener: (reason: Fault) => void): void
}

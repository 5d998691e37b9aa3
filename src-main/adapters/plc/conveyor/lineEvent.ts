import { beltFaults, type BeltFault, type ConveyorEvent } from './conveyorWorld.ts'
import { linkFaults, type LinkFault } from './faultProxy.ts'
import { plcIdFaults, type PlcAnswer, type PlcIdFault, type StationCounts } from './plcProgram.ts'

/** Of the device at the far end: it answers with the opposite, a second client asks it as well, it loses power for a moment. */
export const deviceFaults = ['lyingReadBack', 'twoClients', 'restart'] as const
export type DeviceFault = (typeof deviceFaults)[number]

/** The whole catalogue; `simulated-plc.md` says what each does. */
export const lineFaults = [...linkFaults, ...deviceFaults, ...beltFaults, ...plcIdFaults] as const
export type LineFault = LinkFault | DeviceFault | BeltFault | PlcIdFault

/** One line of the witness's log; `monotonicMs` is CLOCK_MONOTONIC, which every process of this machine reads alike. */
export type LineEvent = { readonly monotonicMs: number } & (
  | ConveyorEvent
  | { readonly kind: 'fault'; readonly name: LineFault; readonly isOn: boolean }
  | { readonly kind: 'connections'; readonly count: number }
  /** Whoever reads the I/O module could see this edge of the trigger eye: it was read off before, and on now. */
  | { readonly kind: 'shown'; readonly triggerNumber: number }
  /** What the PLC made of the station's result. */
  | ({ readonly kind: 'answered' } & PlcAnswer)
  /** The station's counters as the PLC reads them, at each change. */
  | ({ readonly kind: 'counted' } & StationCounts)
)

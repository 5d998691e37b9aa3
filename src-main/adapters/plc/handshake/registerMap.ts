import type { StationStateName } from '../../../domain/station.ts'
import { crc16 } from './crc16.ts'

/**
 * The server role's registers, 0-based as Modbus sends them: address 100 is 40101 in 4xxxx notation. Both sides of the handshake are
 * written against this file; docs/handshake.md tells it to a PLC programmer. A change that an existing PLC program would notice
 * raises `protocolVersion`.
 */
export const protocolVersion = 1

/** Holding registers that the PLC writes (FC 06, FC 16); every other address refuses a write. */
export const controlRegisters = {
  /** Bits of `controlBits`. */
  control: 0,
  /** Anything that changes at least every `plcStaleAfterMs`; a counter. */
  plcHeartbeat: 1,
  /** Of the part that the next trigger announces, 1–65,535; written before the trigger or together with it. See `nextPartId`. */
  partId: 2,
  /** Number of the recipe, read at the edge of `changeRecipe`. */
  recipeRequested: 3,
  /** Trigger to published result; the smaller of this and the recipe's counts, 0: the recipe's. */
  deadlineMs: 4,
  /** Parts that fell past the reject eye; counts up, 65,535 → 0. */
  rejectEyeCount: 5,
  /** Parts that passed the exit eye; counts up, 65,535 → 0. */
  exitEyeCount: 6,
} as const
export type ControlRegister = keyof typeof controlRegisters
export const controlRegisterCount = 7

/** Bits of register 0, b0 is the lowest. */
export const controlBits = {
  /** Its rising edge begins a session: any PART_ID may come first, the eye counters count from where they stand. */
  enable: 0,
  /** A part is before the camera; held until triggerAck. */
  trigger: 1,
  /** The result shown has been read; held until resultValid drops. */
  resultAck: 2,
  clearFault: 3,
  /** While set, the PLC wants the station out of production. */
  offline: 4,
  changeRecipe: 5,
  /** Read at the trigger's edge: this part was put on the belt to see whether the station finds it. */
  challengePart: 6,
  lineRunning: 7,
} as const
export type ControlBit = keyof typeof controlBits

/** Holding registers (FC 03) and the same as input registers (FC 04): the PLC reads all twenty in one request, which is one moment. */
export const resultRegisters = {
  /** Bits of `statusBits`. */
  status: 100,
  /** +1 per 100 ms while the station decides, 65,535 → 0; the PLC rejects everything when it stands for 500 ms. */
  heartbeat: 101,
  /** PART_ID of the part that `result` belongs to. */
  partIdEcho: 102,
  /** One of `resultCodes`; counts only while resultValid is set. */
  result: 103,
  /** 1 and up in the order of the recipe, 0: none is known. */
  defectClass: 104,
  /** At most 65,535. */
  processMs: 105,
  activeRecipe: 106,
  /** The first 16 bits of the recipe's SHA-256. */
  settingsFingerprint: 107,
  /** One of `stateNumbers`. */
  state: 108,
  /** One of `faultNumbers`, 0: none. */
  faultCode: 109,
  /** The station's counts since its start, each modulo 65,536: triggers = passes + rejects + noDecisions. */
  triggers: 110,
  passes: 111,
  rejects: 112,
  noDecisions: 113,
  /** Results that wait for their ack, the one shown included, at most `resultBufferSize`. */
  resultsBuffered: 114,
  /** Changes with every start of the station. */
  bootId: 115,
  /** The first 32 bits of the evidence chain's newest link. */
  ledgerRootHigh: 116,
  ledgerRootLow: 117,
  protocolVersion: 118,
  /** `imageCrc` of registers 100–118. */
  crc: 119,
} as const
export type ResultRegister = keyof typeof resultRegisters
export const firstResultRegister = 100
export const resultRegisterCount = 20

/** Bits of register 100, b0 is the lowest. */
export const statusBits = {
  /** The station speaks, and nobody has taken it offline. */
  online: 0,
  /** A trigger will be taken. */
  ready: 1,
  /** The trigger was taken; drops when the trigger drops. */
  triggerAck: 2,
  /** A part was triggered and has no result yet. */
  busy: 3,
  /** The part may move: its picture is taken. Drops at the next trigger. */
  exposureDone: 4,
  resultValid: 5,
  /** The station stands in its latched fault; `faultCode` says which. */
  fault: 6,
  /** A trigger came while not ready; until clearFault. */
  missed: 7,
  /** Belongs to the result shown: its deadline had passed. */
  late: 8,
  /** A result found the buffer full and was thrown away; until clearFault. */
  overrun: 9,
  evidenceDegraded: 10,
  recipeOk: 11,
  /** Camera or PLC is simulated: never let such a result move anything real. */
  simulated: 12,
  stopRequested: 13,
  /** The station hears no heartbeat from the PLC. */
  plcStale: 14,
} as const
export type StatusBit = keyof typeof statusBits

/** Far from one another and from what a dead device reads (0x0000, 0xFFFF): no single stuck bit makes one of another. */
export const resultCodes = { pass: 0xa55a, reject: 0x5aa5, noDecision: 0x3cc3 } as const
export type ResultName = keyof typeof resultCodes

/** Register 108; 0 while no station has spoken (BOOT). Numbers stay what they are for ever. */
export const stateNumbers: Readonly<Record<StationStateName, number>> = {
  boot: 0,
  preoperational: 1,
  initialized: 2,
  ready: 3,
  acquiring: 4,
  inspecting: 5,
  committing: 6,
  resultValid: 7,
  holding: 8,
  offline: 9,
  fault: 10,
}

/** Input registers (FC 04) beside the map, for people who look for trouble: counts since the outputs process began, modulo 65,536. */
export const diagnosticRegisters = {
  missed: 200,
  late: 201,
  overrun: 202,
  /** PART_IDs or eye counters that do not follow one another. */
  outOfStep: 203,
  /** Commands of the PLC while a person held control. */
  ignoredCommands: 204,
  /** Writes to addresses that are not the PLC's, or by a client that does not control. */
  refusedWrites: 205,
  /** Requests that made no sense. */
  malformedRequests: 206,
  refusedConnections: 207,
  /** Clients connected at the moment. */
  clients: 208,
} as const
export type DiagnosticRegister = keyof typeof diagnosticRegisters
export const firstDiagnosticRegister = 200
export const diagnosticRegisterCount = 9

/** As Cognex In-Sight has it. */
export const resultBufferSize = 8
export const heartbeatEveryMs = 100
/** A heartbeat that stands so long is stale: the station's for the PLC, the PLC's for the station. */
export const stationStaleAfterMs = 500
export const plcStaleAfterMs = 500

/** The PLC numbers its parts without a gap: 1, 2, … 65,535, 1. 0 is no part. */
export const nextPartId = (partId: number): number => (partId % 0xffff) + 1

/** CRC16 (Modbus polynomial) over registers 100–118, each as two bytes, the upper first, as they travel. `image`: at least 19 words. */
export const imageCrc = (image: ArrayLike<number>): number =>
  crc16(Uint8Array.from({ length: 2 * (resultRegisterCount - 1) }, (_, i) => (i % 2 === 0 ? image[i >> 1]! >> 8 : image[i >> 1]! & 0xff)))

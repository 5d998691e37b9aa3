import type { FaultCode } from '../domain/fault.ts'
import type { Role } from '../domain/role.ts'
import type { Disposition } from '../domain/verdict.ts'

/** What follows from a Fault. There is no way to accept a part here, and nothing is tried again: by then the part has gone by. */
export interface FaultPolicy {
  /** What the line is told of a part that met it: `hold` where a person can still judge the part, `reject` where not even that is sure. */
  readonly disposition: Exclude<Disposition, 'accept'>
  /** The station stops until somebody clears it; otherwise it goes on as soon as the cause is gone. */
  readonly latches: boolean
  readonly clearedBy: Role | 'itself'
}

const passes = (disposition: FaultPolicy['disposition']): FaultPolicy => ({ disposition, latches: false, clearedBy: 'itself' })
const stops = (disposition: FaultPolicy['disposition'], clearedBy: Role): FaultPolicy => ({ disposition, latches: true, clearedBy })

const policies: Readonly<Record<FaultCode, FaultPolicy>> = {
  // Which part is where is no longer sure.
  'trigger/overrun': passes('reject'),
  'trigger/missed': passes('reject'),
  'trigger/outOfStep': stops('reject', 'operator'),
  'trigger/noPartId': passes('reject'),
  'camera/lostFrame': passes('reject'),
  'frame/repeated': passes('reject'),
  'frame/stale': passes('reject'),
  'camera/simulated': stops('hold', 'technician'),

  // The part is there, but was not seen as it must be.
  'camera/unavailable': passes('hold'),
  'camera/timeout': passes('hold'),
  'frame/unreadable': passes('hold'),
  'frame/empty': passes('hold'),
  'frame/tooLarge': passes('hold'),
  'frame/wrongSize': passes('hold'),
  'frame/dark': passes('hold'),
  'frame/bright': passes('hold'),
  'frame/saturated': passes('hold'),
  'frame/blurred': passes('hold'),
  'frame/notAligned': passes('hold'),

  // The part was seen, but not judged. An inference process that died is started again; a wrong model stays wrong.
  'model/unavailable': passes('hold'),
  'model/timeout': passes('hold'),
  'model/missing': stops('hold', 'technician'),
  'model/invalid': stops('hold', 'technician'),
  'model/hashMismatch': stops('hold', 'engineer'),
  'model/parityBroken': stops('hold', 'engineer'),
  'recipe/missing': stops('hold', 'technician'),
  'recipe/invalid': stops('hold', 'technician'),

  // Another number of the belt, or other outputs, and it may run.
  'line/noTimeBudget': stops('hold', 'technician'),

  // A lost link comes back by itself and makes the outputs safe. An output that did not do as told may have let a bad part go.
  'plc/unreachable': passes('reject'),
  'plc/timeout': stops('reject', 'operator'),
  'plc/refused': stops('reject', 'technician'),
  'plc/noReadback': stops('reject', 'technician'),
  // The station asks the line to stop; whether it goes on is the line's to say.
  'plc/notConfirmed': passes('reject'),
  'line/notEnabled': passes('reject'),

  // No pass without durable evidence.
  'evidence/unavailable': passes('hold'),
  'evidence/diskFull': passes('hold'),
  'evidence/duplicate': passes('reject'),
  'evidence/notDurable': stops('hold', 'engineer'),
  'evidence/integrity': stops('hold', 'engineer'),

  // These answer a person's command and meet no part.
  'learning/tooFewImages': passes('reject'),
  'learning/unusableImages': passes('reject'),
  'learning/cancelled': passes('reject'),
  'alignment/flat': passes('reject'),
  'alignment/oneDirection': passes('reject'),
  'alignment/notUnique': passes('reject'),
  'request/invalid': passes('reject'),
  'request/notAllowed': passes('reject'),
  'request/wrongMode': passes('reject'),
  'request/notFound': passes('reject'),

  'station/late': passes('reject'),
  'station/interrupted': passes('reject'),
  'station/bug': stops('reject', 'technician'),
}

export const faultPolicy = (code: FaultCode): FaultPolicy => policies[code]

/** The least role that may clear it; whatever goes by itself an operator may. */
export function clearingRole(code: FaultCode): Role {
  const { clearedBy } = policies[code]
  return clearedBy === 'itself' ? 'operator' : clearedBy
}

/**
 * Named trouble, a closed union. `station/faultPolicy.ts` says for each what the line is told, whether it is tried again and
 * who may clear it; `resources/translations` holds the operator's sentence (problem, cause, next action).
 */
export const faultCodes = [
  'trigger/overrun',
  'trigger/missed',
  'trigger/outOfStep',
  'trigger/noPartId',
  'camera/unavailable',
  'camera/timeout',
  'camera/lostFrame',
  'camera/simulated',
  'frame/unreadable',
  'frame/empty',
  'frame/tooLarge',
  'frame/wrongSize',
  'frame/dark',
  'frame/bright',
  'frame/saturated',
  'frame/blurred',
  'frame/repeated',
  'frame/stale',
  'frame/notAligned',
  'model/missing',
  'model/hashMismatch',
  'model/invalid',
  'model/unavailable',
  'model/timeout',
  'model/parityBroken',
  'plc/unreachable',
  'plc/timeout',
  'plc/refused',
  'plc/noReadback',
  'plc/notConfirmed',
  'line/notEnabled',
  'line/noTimeBudget',
  'evidence/unavailable',
  'evidence/notDurable',
  'evidence/diskFull',
  'evidence/integrity',
  'evidence/duplicate',
  'recipe/invalid',
  'recipe/missing',
  'learning/tooFewImages',
  'learning/unusableImages',
  'learning/cancelled',
  'alignment/flat',
  'alignment/oneDirection',
  'alignment/notUnique',
  'request/invalid',
  'request/notAllowed',
  'request/wrongMode',
  'request/notFound',
  'station/late',
  'station/interrupted',
  'station/bug',
] as const

export type FaultCode = (typeof faultCodes)[number]

/** `detail` is for the log and the engineer, in English; screens say the sentence that belongs to `code`. */
export interface Fault {
  readonly code: FaultCode
  readonly detail: string
  readonly measured?: number
  readonly limit?: number
}

export const fault = (code: FaultCode, detail: string, figures: { measured?: number; limit?: number } = {}): Fault => ({
  code,
  detail,
  ...figures,
})

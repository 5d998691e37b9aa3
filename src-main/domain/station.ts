import type { PartId } from './ids.ts'

/** What the whole program is doing: nothing yet, commissioning, judging parts, or standing still with a recipe. */
export const stationModes = ['empty', 'commissioning', 'running', 'stopped'] as const
export type StationMode = (typeof stationModes)[number]

/** States of the station after OPC 40100-1. `boot` has not looked at its data yet; `fault` is latched. */
export const stationStates = [
  'boot',
  'preoperational',
  'initialized',
  'ready',
  'acquiring',
  'inspecting',
  'committing',
  'resultValid',
  'holding',
  'offline',
  'fault',
] as const
export type StationStateName = (typeof stationStates)[number]

/** Who may command the station. A person takes control at any time; the PLC has it only while a person has given it. */
export const controlHolders = ['human', 'plc'] as const
export type ControlHolder = (typeof controlHolders)[number]

/** Why the station asks the line to stop. Parts that are already on the belt are inspected all the same. */
export const stopReasons = ['rejectsInARow', 'noDecisionsInARow', 'notConfirmed', 'unexpectedRemoval', 'challengeAccepted'] as const
export type StopReason = (typeof stopReasons)[number]

/** Latched beside the station's state until an operator clears it; what follows meanwhile does not replace it. */
export interface StopRequest {
  readonly reason: StopReason
  /** The part that made it necessary; null where no part is known. */
  readonly partId: PartId | null
  readonly wallTime: string
}

/** What became of a known part that somebody put on the belt. `undecided` proves nothing, whichever way it went. */
export const challengeResults = ['found', 'accepted', 'undecided'] as const
export type ChallengeResult = (typeof challengeResults)[number]

export interface ChallengeTest {
  readonly result: ChallengeResult
  readonly partId: PartId
  readonly wallTime: string
}

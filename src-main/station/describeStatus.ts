import type { Fault } from '../domain/fault.ts'
import type { StationStatus } from '../domain/lineSignals.ts'
import type { Line } from './line.ts'
import type { LineTally } from './lineTally.ts'
import { latchedFault, type StationState } from './stationMachine.ts'

/** What the line is told ten times a second. There is no evidence chain and no numbering of recipes yet: 0. */
export function describeStatus(state: StationState, tally: LineTally, { camera, plc, evidence, recipeHash, origin }: Line, recipeTrouble: readonly Fault[]): StationStatus {
  const latched = latchedFault(state)
  const isRecipeAtFault = latched !== null && /^(recipe|model)\//.test(latched.code)
  return {
    state: state.name,
    fault: latched?.code ?? null,
    stopRequested: tally.stopRequest !== null,
    evidenceDegraded: evidence.health().status !== 'ok',
    isRecipeOk: recipeTrouble.length === 0 && !isRecipeAtFault,
    isSimulated: camera.isSimulated || plc.isSimulated,
    counters: tally.counters,
    recipeNumber: 0,
    settingsFingerprint: Number.parseInt(recipeHash.slice(0, 4), 16),
    bootId: Number.parseInt(origin.bootId.slice(0, 4), 16),
    ledgerRoot: 0,
  }
}

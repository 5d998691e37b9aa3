import type { Fault } from '../domain/fault.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import { outputNames, type OutputName } from '../domain/recipe.ts'
import type { ChallengeTest, StationMode } from '../domain/station.ts'
import type { LineTelemetry } from '../monitoring/lineTelemetry.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { EvidenceTotals } from '../ports/evidence.ts'
import type { Station } from '../station/station.ts'
import { clearingRole } from '../station/faultPolicy.ts'
import { latchedFault } from '../station/stationMachine.ts'
import type { PartSummary, StationView } from '../../src-preload/contract/views.ts'
import { isSimulated } from './captureBaseline.ts'

export interface Scene {
  readonly mode: StationMode
  readonly station: Station
  readonly telemetry: LineTelemetry
  readonly totals: EvidenceTotals | null
  readonly coils: ReadonlyMap<number, boolean>
  /** The camera that is open now: the station's or the wizard's. */
  readonly camera: CameraPort | null
  /** The last known part of an earlier start. */
  readonly storedChallenge: ChallengeTest | null
  readonly version: string
}

/** What the console shows, derived whole at each change. */
export function viewStation({ mode, station, telemetry, totals, coils, camera, storedChallenge, version }: Scene): StationView {
  const { active, state, devices } = station
  const latched = latchedFault(state)
  return {
    mode,
    state: state.name,
    notReady: [...notReady(station)],
    latchedFault: latched,
    clearedBy: latched && clearingRole(latched.code),
    isSimulated: camera?.isSimulated === true || devices?.plc.isSimulated === true,
    recipe: active && { sha256: active.hash, name: active.recipe.name, fingerprint: active.hash.slice(0, 8) },
    regions: (active?.recipe.regions ?? []).map(({ id, name, shape, masks }) => ({ id, name, shape, masks })) as StationView['regions'],
    frameSize: active && { widthPx: active.recipe.frame.widthPx, heightPx: active.recipe.frame.heightPx },
    health: station.health(),
    counters: viewCounters(totals),
    decisionMs: telemetry.decisionMs,
    storage: totals && { freeBytes: totals.freeBytes, hoursLeft: totals.hoursLeft },
    outputs: viewOutputs(station, telemetry, coils),
    line: viewLine(station, storedChallenge),
    recent: telemetry.recent.map(summarise),
    world: camera && isSimulated(camera) ? { source: camera.name, defects: [...camera.controls.defects], frameFaults: [...camera.controls.frameFaults] } : null,
    version,
  }
}

export const summarise = (inspection: ClosedInspection): PartSummary => ({
  resultId: inspection.resultId,
  partId: inspection.partId,
  sequence: inspection.sequence,
  outcome: inspection.outcome,
  disposition: inspection.disposition,
  fault: inspection.fault,
  reasons: inspection.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
  wallTime: inspection.wallTime,
  decisionMs: inspection.timingsMs.decision ?? null,
  isSimulated: inspection.isSimulated,
  readBack: inspection.receipt?.readBack ?? null,
})

const notReady = ({ state }: Station): readonly Fault[] => (state.name === 'holding' || state.name === 'initialized' ? state.because : [])

const viewCounters = (totals: EvidenceTotals | null): StationView['counters'] => ({
  inspections: totals?.inspections ?? 0,
  passes: totals?.passes ?? 0,
  fails: totals?.fails ?? 0,
  unsure: totals?.unsure ?? 0,
  faults: totals?.faults ?? 0,
  rejects: totals?.rejects ?? 0,
  faultsByCode: { ...totals?.faultsByCode },
})

const viewLine = ({ active, control, tally }: Station, storedChallenge: ChallengeTest | null): StationView['line'] => ({
  control: control.holder,
  ignoredCommands: control.ignoredCommands,
  trigger: active?.recipe.line?.trigger.kind ?? null,
  counters: { ...tally.counters },
  stopRequest: tally.stopRequest,
  lastChallenge: tally.lastChallenge ?? storedChallenge,
})

function viewOutputs({ active }: Station, { pulses }: LineTelemetry, coils: ReadonlyMap<number, boolean>): StationView['outputs'] {
  const lamp = (output: OutputName): StationView['outputs'][OutputName] => {
    const line = active?.recipe.outputs[output]
    return line ? { coil: line.coil, isOn: coils.get(line.coil) ?? false, pulses: pulses.get(line.coil) ?? 0 } : null
  }
  return Object.fromEntries(outputNames.map((output) => [output, lamp(output)])) as StationView['outputs']
}

import type { CommissioningView, SessionView, StationView } from '../../../src-renderer/client/stationClient.ts'
import { partOf, regions, type Kind } from './scriptedParts.ts'

export interface Scene {
  station: StationView
  commissioning: CommissioningView
  session: SessionView
}

const kinds: Kind[] = ['fail', 'pass', 'pass', 'pass', 'unsure', 'pass', 'pass', 'blurred', 'pass', 'fail', 'pass', 'pass']
const recent = (newest: number): StationView['recent'] => kinds.map((kind, age) => partOf(newest - age, kind, new Date(Date.UTC(2026, 10, 20, 10, 12, 40 - age * 2)).toISOString()))

const running: StationView = {
  mode: 'running',
  state: 'ready',
  notReady: [],
  latchedFault: null,
  clearedBy: null,
  isSimulated: true,
  recipe: { sha256: '3fa97c1e'.repeat(8), name: 'Bearing plate 40', fingerprint: '3fa9 7c1e' },
  regions,
  frameSize: { widthPx: 640, heightPx: 480 },
  health: {
    camera: { status: 'ok', detail: '20 frames/s' },
    plc: { status: 'outOfSpecification', detail: 'read-back slow: p99 84 ms' },
    model: { status: 'ok', detail: 'cpu' },
    disk: { status: 'ok', detail: '212 GB free' },
  },
  counters: { inspections: 12_418, passes: 12_093, fails: 271, unsure: 42, faults: 12, rejects: 283, faultsByCode: { 'frame/blurred': 9, 'frame/dark': 3 } },
  decisionMs: { p50: 22.4, p99: 31.8, n: 500 },
  storage: { freeBytes: 212e9, hoursLeft: 318 },
  outputs: { accept: { coil: 0, isOn: false, pulses: 12_093 }, reject: { coil: 1, isOn: true, pulses: 283 }, hold: null },
  line: { control: 'human', ignoredCommands: 0, trigger: null, counters: { triggers: 0, passes: 0, rejects: 0, noDecisions: 0, missed: 0, late: 0, overrun: 0 }, stopRequest: null, lastChallenge: null },
  recent: recent(12_418),
  world: { source: 'simulated:plate', defects: ['scratch', 'dent', 'missingFeature', 'stain', 'smear'], frameFaults: ['dark', 'blurred', 'saturated', 'repeated', 'lost'] },
  version: '0.1.0',
}

const commissioning: CommissioningView = {
  revision: 1,
  name: '',
  steps: (['camera', 'regions', 'baseline', 'threshold', 'outputs', 'run'] as const).map((id, i) => ({ id, status: 'todo', isOpen: i === 0, missing: [], minutes: 10, spentSeconds: 0, visits: 0, mayBeWaived: false, waiver: null })),
  sources: [
    { source: 'simulated:plate', kind: 'simulated', name: 'plate' },
    { source: 'simulated:cap', kind: 'simulated', name: 'cap' },
    { source: 'simulated:weave', kind: 'simulated', name: 'weave' },
  ],
  camera: null,
  regions: [],
  alignment: null,
  calibration: null,
  detectors: [],
  modelling: { cycleTimeMs: null, choice: { method: 'padim', setting: 'standard' }, source: null, timings: null, proposal: null },
  baseline: { minimum: 20, recommended: 50, usable: 0, frames: [], coach: null },
  knownBad: { parts: [], unscored: 0 },
  learnt: null,
  plc: null,
  wiring: { reject: { coil: 1, delayMs: 0, pulseMs: 100 } },
  line: null,
  tests: [],
  notCovered: [],
  signatures: [],
  jobs: [],
}

const sceneOf = (station: Partial<StationView>, session: Scene['session'] = { role: 'engineer', person: null, people: [] }): Scene => ({
  station: { ...running, ...station },
  commissioning,
  session,
})

/** Situations a screen must be good in; each is made anew. */
export const scenes = {
  running: () => sceneOf({}),
  passing: () => sceneOf({ recent: running.recent.slice(1), health: { ...running.health, plc: { status: 'ok', detail: 'tcp' } } }),
  detected: () => sceneOf({ recent: [partOf(12_419, 'detected', new Date(Date.UTC(2026, 10, 20, 10, 12, 42)).toISOString()), ...running.recent.slice(0, 11)] }),
  unsure: () => sceneOf({ recent: running.recent.slice(4) }),
  faulted: () => sceneOf({ recent: running.recent.slice(7) }),
  waiting: () => sceneOf({ recent: [], counters: { inspections: 0, passes: 0, fails: 0, unsure: 0, faults: 0, rejects: 0, faultsByCode: {} }, decisionMs: null }),
  holding: () => sceneOf({ state: 'holding', notReady: [{ code: 'plc/unreachable', detail: 'connect ECONNREFUSED' }], health: { ...running.health, plc: { status: 'failure', detail: 'refused' } } }),
  latched: () => sceneOf({ state: 'fault', latchedFault: { code: 'evidence/diskFull', detail: 'ENOSPC' }, clearedBy: 'operator' }),
  onTheLine: () => sceneOf({
    line: { ...running.line, trigger: 'plc', control: 'plc', counters: { triggers: 12_418, passes: 12_093, rejects: 313, noDecisions: 12, missed: 7, late: 2, overrun: 3 }, lastChallenge: { result: 'found', partId: '04417', wallTime: '2026-11-20T06:02:11.000Z' } },
  }),
  stopRequested: () => sceneOf({
    line: {
      ...running.line, trigger: 'software', lastChallenge: { result: 'accepted', partId: '12416', wallTime: '2026-11-20T10:12:36.000Z' },
      stopRequest: { reason: 'challengeAccepted', partId: '12416', wallTime: '2026-11-20T10:12:36.000Z' },
    },
  }),
  latchedForTechnician: () => sceneOf({ state: 'fault', latchedFault: { code: 'plc/noReadback', detail: 'coil 1 reads off' }, clearedBy: 'technician' }, { role: 'operator', person: null, people: [{ id: 'mara', name: 'Mara', role: 'technician' }] }),
  stopped: () => sceneOf({ mode: 'stopped', state: 'initialized' }),
  locked: () => sceneOf({ isSimulated: false, world: null }, { role: 'operator', person: null, people: [{ id: 'mara', name: 'Mara', role: 'technician' }, { id: 'jon', name: 'Jon', role: 'operator' }] }),
  empty: () => sceneOf({ mode: 'empty', state: 'preoperational', recipe: null, recent: [], regions: [], world: null }),
} satisfies Record<string, () => Scene>

export type SceneName = keyof typeof scenes

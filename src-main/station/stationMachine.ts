import { fault, type Fault } from '../domain/fault.ts'
import type { StationStateName } from '../domain/station.ts'

/** One owner of state; the names are those of OPC 40100-1. `preoperational` has no recipe, `offline` is stopped by a person. */
export type StationState =
  | { readonly name: 'boot' | 'preoperational' | 'ready' | InspectingState }
  /** A fault that was latched stays latched while the station stands still. */
  | { readonly name: 'offline'; readonly latched: Fault | null }
  /** Getting ready; `because` is what the last attempt failed on. */
  | { readonly name: 'initialized'; readonly because: readonly Fault[] }
  | { readonly name: 'holding'; readonly because: readonly Fault[] }
  | { readonly name: 'fault'; readonly fault: Fault }

type InspectingState = 'acquiring' | 'inspecting' | 'committing' | 'resultValid'

export type StationInput =
  /** The data has been looked at, and there is no recipe. */
  | { readonly kind: 'booted' }
  | { readonly kind: 'recipeActivated' }
  | { readonly kind: 'runRequested' | 'stopRequested' | 'faultCleared' }
  /** Hashes verified, models warm, pinned frames proven, camera and outputs open. */
  | { readonly kind: 'prepared'; readonly blockers: readonly Fault[] }
  /** Tried again after a while; trouble that must not be tried again comes as `faulted`. */
  | { readonly kind: 'notYetPrepared'; readonly fault: Fault }
  /** The conditions of READY that do not hold; empty when all do. */
  | { readonly kind: 'readinessChanged'; readonly blockers: readonly Fault[] }
  | { readonly kind: 'triggered' | 'frameTaken' | 'decided' | 'recorded' }
  | { readonly kind: 'resultHandedOver'; readonly blockers: readonly Fault[] }
  | { readonly kind: 'faulted'; readonly fault: Fault }

/**
 * `releaseDevices` lets the pulses of parts already judged end first; after `makeOutputsSafe` there are none left. In a fault the
 * line stays connected, so that it hears of it and every part that comes along is rejected: only the camera is released.
 */
export type StationEffect = 'prepare' | 'takePart' | 'takeNoPart' | 'makeOutputsSafe' | 'releaseCamera' | 'releaseDevices'

export interface StationStep {
  readonly state: StationState
  readonly effects: readonly StationEffect[]
}

/** A part whose picture never came is decided without having been inspected. */
const nextInspecting: Readonly<Record<string, readonly [from: readonly StationStateName[], to: InspectingState]>> = {
  triggered: [['ready'], 'acquiring'],
  frameTaken: [['acquiring'], 'inspecting'],
  decided: [['acquiring', 'inspecting'], 'committing'],
  recorded: [['committing'], 'resultValid'],
}

/** Every part passes these; its record says more than a log could. */
export const isMilestone = ({ kind }: StationInput): boolean => kind === 'resultHandedOver' || kind in nextInspecting

const busy: readonly StationStateName[] = ['acquiring', 'inspecting', 'committing', 'resultValid']

/** A part is under way: a trigger now is an overrun, and not merely missed. */
export const isBusy = ({ name }: StationState): boolean => busy.includes(name)

/** Pure: what follows from an input, and what has to be done about it. An input that means nothing in a state changes nothing. */
export function nextStation(state: StationState, input: StationInput): StationStep {
  const stay: StationStep = { state, effects: [] }
  switch (input.kind) {
    case 'booted':
      return state.name === 'boot' ? { state: { name: 'preoperational' }, effects: [] } : stay
    case 'recipeActivated':
      return isStanding(state) ? { state: { name: 'offline', latched: null }, effects: [] } : stay
    case 'runRequested':
      return state.name === 'offline' ? run(state.latched) : stay
    case 'prepared':
      return state.name === 'initialized' ? readinessChanged({ name: 'ready' }, input.blockers) : stay
    case 'notYetPrepared':
      return state.name === 'initialized' ? { state: { name: 'initialized', because: [input.fault] }, effects: [] } : stay
    case 'readinessChanged':
      return readinessChanged(state, input.blockers)
    case 'resultHandedOver':
      return state.name === 'resultValid' ? readinessChanged({ name: 'ready' }, input.blockers) : stay
    case 'stopRequested':
      return isStanding(state) ? stay : { state: { name: 'offline', latched: latchedFault(state) }, effects: ['takeNoPart', 'releaseDevices'] }
    case 'faulted':
      return isStanding(state) || state.name === 'fault' ? stay : { state: { name: 'fault', fault: input.fault }, effects: ['takeNoPart', 'makeOutputsSafe', 'releaseCamera'] }
    case 'faultCleared':
      return clear(state)
    default: {
      const [from, to] = nextInspecting[input.kind]!
      return from.includes(state.name) ? { state: { name: to }, effects: [] } : stay
    }
  }
}

/** Null when no fault is latched. */
export const latchedFault = (state: StationState): Fault | null => (state.name === 'fault' ? state.fault : state.name === 'offline' ? state.latched : null)

/** Why a part that is still under way is not let through: the run that it belongs to is over. A person who stops the station lets it end. */
export const interruptions = (state: StationState): readonly Fault[] =>
  state.name === 'fault' ? [state.fault] : state.name === 'initialized' ? [fault('station/interrupted', 'a fault came up while the part was under way')] : []

const gettingReady: StationStep = { state: { name: 'initialized', because: [] }, effects: ['prepare'] }

const isStanding = ({ name }: StationState): boolean => name === 'boot' || name === 'preoperational' || name === 'offline'

const run = (latched: Fault | null): StationStep => (latched ? { state: { name: 'fault', fault: latched }, effects: [] } : gettingReady)

function clear(state: StationState): StationStep {
  if (state.name === 'fault') return gettingReady
  return state.name === 'offline' && state.latched ? { state: { name: 'offline', latched: null }, effects: [] } : { state, effects: [] }
}

/** A part under way is finished first: its own gate sees the blockers, and `resultHandedOver` comes here afterwards. */
function readinessChanged(state: StationState, blockers: readonly Fault[]): StationStep {
  if (state.name !== 'ready' && state.name !== 'holding') return { state, effects: [] }
  if (blockers.length > 0) return { state: { name: 'holding', because: blockers }, effects: state.name === 'ready' ? ['takeNoPart'] : [] }
  return { state: { name: 'ready' }, effects: ['takePart'] }
}

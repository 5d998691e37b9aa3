import type { Fault } from '../domain/fault.ts'
import type { StationStateName } from '../domain/station.ts'

/** One owner of state; the names are those of OPC 40100-1. `preoperational` has no recipe, `offline` is stopped by a person. */
export type StationState =
  | { readonly name: 'preoperational' | 'offline' | 'ready' | InspectingState }
  /** Getting ready; `because` is what the last attempt failed on. */
  | { readonly name: 'initialized'; readonly because: readonly Fault[] }
  | { readonly name: 'holding'; readonly because: readonly Fault[] }
  | { readonly name: 'fault'; readonly fault: Fault }

type InspectingState = 'acquiring' | 'inspecting' | 'committing' | 'resultValid'

export type StationInput =
  | { readonly kind: 'recipeActivated' }
  | { readonly kind: 'runRequested' | 'stopRequested' | 'faultCleared' }
  /** Hashes verified, models warm, camera and outputs open. */
  | { readonly kind: 'prepared' }
  /** Tried again after a while; trouble that must not be tried again comes as `faulted`. */
  | { readonly kind: 'notYetPrepared'; readonly fault: Fault }
  /** The conditions of READY that do not hold; empty when all do. */
  | { readonly kind: 'readinessChanged'; readonly blockers: readonly Fault[] }
  | { readonly kind: 'triggered' | 'frameTaken' | 'decided' | 'recorded' }
  | { readonly kind: 'resultHandedOver'; readonly blockers: readonly Fault[] }
  | { readonly kind: 'faulted'; readonly fault: Fault }

/** `releaseDevices` lets the pulses of parts already judged end first; after `makeOutputsSafe` there are none left. */
export type StationEffect = 'prepare' | 'takePart' | 'takeNoPart' | 'makeOutputsSafe' | 'releaseDevices'

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

/** Pure: what follows from an input, and what has to be done about it. An input that means nothing in a state changes nothing. */
export function nextStation(state: StationState, input: StationInput): StationStep {
  const stay: StationStep = { state, effects: [] }
  switch (input.kind) {
    case 'recipeActivated':
      return mayChangeRecipe(state) ? { state: { name: 'offline' }, effects: [] } : stay
    case 'runRequested':
      return state.name === 'offline' ? gettingReady : stay
    case 'prepared':
      return state.name === 'initialized' ? { state: { name: 'ready' }, effects: ['takePart'] } : stay
    case 'notYetPrepared':
      return state.name === 'initialized' ? { state: { name: 'initialized', because: [input.fault] }, effects: [] } : stay
    case 'readinessChanged':
      return readinessChanged(state, input.blockers)
    case 'resultHandedOver':
      return state.name === 'resultValid' ? readinessChanged({ name: 'ready' }, input.blockers) : stay
    case 'stopRequested':
      return state.name === 'preoperational' || state.name === 'offline' ? stay : { state: { name: 'offline' }, effects: ['takeNoPart', 'releaseDevices'] }
    case 'faulted':
      return mayChangeRecipe(state) || state.name === 'fault' ? stay : { state: { name: 'fault', fault: input.fault }, effects: ['takeNoPart', 'makeOutputsSafe', 'releaseDevices'] }
    case 'faultCleared':
      return state.name === 'fault' ? gettingReady : stay
    default: {
      const [from, to] = nextInspecting[input.kind]!
      return from.includes(state.name) ? { state: { name: to }, effects: [] } : stay
    }
  }
}

const gettingReady: StationStep = { state: { name: 'initialized', because: [] }, effects: ['prepare'] }

const mayChangeRecipe = (state: StationState): boolean => state.name === 'preoperational' || state.name === 'offline'

/** A part under way is finished first: its own gate sees the blockers, and `resultHandedOver` comes here afterwards. */
function readinessChanged(state: StationState, blockers: readonly Fault[]): StationStep {
  if (state.name !== 'ready' && state.name !== 'holding') return { state, effects: [] }
  if (blockers.length > 0) return { state: { name: 'holding', because: blockers }, effects: state.name === 'ready' ? ['takeNoPart'] : [] }
  return { state: { name: 'ready' }, effects: ['takePart'] }
}

import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { fault } from '../../../src-main/domain/fault.ts'
import { latchedFault, nextStation, type StationInput, type StationState } from '../../../src-main/station/stationMachine.ts'

const lost = fault('plc/unreachable', 'cable pulled')
const bug = fault('station/bug', 'boom')

const states: Record<string, StationState> = {
  boot: { name: 'boot' },
  preoperational: { name: 'preoperational' },
  offline: { name: 'offline', latched: null },
  offlineLatched: { name: 'offline', latched: bug },
  initialized: { name: 'initialized', because: [] },
  ready: { name: 'ready' },
  acquiring: { name: 'acquiring' },
  inspecting: { name: 'inspecting' },
  committing: { name: 'committing' },
  resultValid: { name: 'resultValid' },
  holding: { name: 'holding', because: [lost] },
  fault: { name: 'fault', fault: bug },
}

const inputs: Record<string, StationInput> = {
  booted: { kind: 'booted' },
  recipeActivated: { kind: 'recipeActivated' },
  runRequested: { kind: 'runRequested' },
  stopRequested: { kind: 'stopRequested' },
  faultCleared: { kind: 'faultCleared' },
  prepared: { kind: 'prepared', blockers: [] },
  preparedBlocked: { kind: 'prepared', blockers: [lost] },
  notYetPrepared: { kind: 'notYetPrepared', fault: lost },
  blocked: { kind: 'readinessChanged', blockers: [lost] },
  unblocked: { kind: 'readinessChanged', blockers: [] },
  triggered: { kind: 'triggered' },
  frameTaken: { kind: 'frameTaken' },
  decided: { kind: 'decided' },
  recorded: { kind: 'recorded' },
  handedOver: { kind: 'resultHandedOver', blockers: [] },
  handedOverBlocked: { kind: 'resultHandedOver', blockers: [lost] },
  faulted: { kind: 'faulted', fault: bug },
}

const faulted = 'fault [takeNoPart makeOutputsSafe releaseCamera]'
const stopped = 'offline [takeNoPart releaseDevices]'

/** `input → next state [effects]`; whatever is not listed changes nothing and asks for nothing. */
const table: Record<string, Record<string, string>> = {
  boot: { booted: 'preoperational []', recipeActivated: 'offline []' },
  preoperational: { recipeActivated: 'offline []' },
  offline: { recipeActivated: 'offline []', runRequested: 'initialized [prepare]' },
  offlineLatched: { recipeActivated: 'offline []', runRequested: 'fault []', faultCleared: 'offline []' },
  initialized: { prepared: 'ready [takePart]', preparedBlocked: 'holding [takeNoPart]', notYetPrepared: 'initialized []', stopRequested: stopped, faulted },
  ready: { blocked: 'holding [takeNoPart]', unblocked: 'ready [takePart]', triggered: 'acquiring []', stopRequested: stopped, faulted },
  acquiring: { frameTaken: 'inspecting []', decided: 'committing []', stopRequested: stopped, faulted },
  inspecting: { decided: 'committing []', stopRequested: stopped, faulted },
  committing: { recorded: 'resultValid []', stopRequested: stopped, faulted },
  resultValid: { handedOver: 'ready [takePart]', handedOverBlocked: 'holding [takeNoPart]', stopRequested: stopped, faulted },
  holding: { blocked: 'holding []', unblocked: 'ready [takePart]', stopRequested: stopped, faulted },
  fault: { stopRequested: stopped, faultCleared: 'initialized [prepare]' },
}

describe.each(Object.keys(states))('station in %s', (from) => {
  test.each(Object.keys(inputs))('hears %s', (input) => {
    const { state, effects } = nextStation(states[from]!, inputs[input]!)
    const expected = table[from]![input]
    if (expected === undefined) expect({ state, effects }).toEqual({ state: states[from], effects: [] })
    else expect(`${state.name} [${effects.join(' ')}]`).toBe(expected)
  })
})

/** Every state that a random sequence of inputs leads through, with the input that led there. */
const walks = fc.array(fc.constantFrom(...Object.keys(inputs)), { maxLength: 80 })

function walk(names: readonly string[], look: (from: StationState, name: string, step: ReturnType<typeof nextStation>) => void): void {
  let state: StationState = { name: 'boot' }
  for (const name of names) {
    const step = nextStation(state, inputs[name]!)
    look(state, name, step)
    state = step.state
  }
}

describe('whatever comes in whatever order', () => {
  test('a part is taken only where the station is ready, and never ready with a condition that does not hold', () => {
    fc.assert(fc.property(walks, (names) => {
      walk(names, (from, name, { state, effects }) => {
        if (effects.includes('takePart')) expect(state.name).toBe('ready')
        const { blockers = [] } = inputs[name] as { blockers?: readonly unknown[] }
        if (blockers.length > 0 && state !== from) expect(state.name).not.toBe('ready')
      })
    }), { numRuns: 5_000 })
  })

  test('a latched fault stays, through stop and run, until somebody clears it or another recipe takes over', () => {
    fc.assert(fc.property(walks, (names) => {
      walk(names, (from, name, { state }) => {
        if (latchedFault(from) && !latchedFault(state)) expect(['faultCleared', 'recipeActivated']).toContain(name)
        if (from.name === 'fault') expect(['fault', 'offline', 'initialized']).toContain(state.name)
      })
    }), { numRuns: 5_000 })
  })

  test('a part is triggered only where the station was ready, and its result handed over only once', () => {
    fc.assert(fc.property(walks, (names) => {
      let underWay = 0
      walk(names, (from, _, { state }) => {
        if (state.name === 'acquiring' && from.name !== 'acquiring') {
          expect(from.name).toBe('ready')
          underWay += 1
        }
        if (from.name === 'resultValid' && (state.name === 'ready' || state.name === 'holding')) underWay -= 1
        if (state.name === 'fault' || state.name === 'offline') underWay = 0
        expect([0, 1]).toContain(underWay)
      })
    }), { numRuns: 5_000 })
  })

  test('the outputs go safe on the way into a fault, and the devices are released on the way to offline', () => {
    fc.assert(fc.property(walks, (names) => {
      walk(names, (from, name, { state, effects }) => {
        if (state.name === 'fault' && from.name !== 'fault' && name === 'faulted') expect(effects).toContain('makeOutputsSafe')
        if (name === 'stopRequested' && from !== state) expect(effects).toContain('releaseDevices')
      })
    }), { numRuns: 2_000 })
  })
})

test('what a station waits for is what the last attempt failed on', () => {
  const { state } = nextStation(states.initialized!, { kind: 'notYetPrepared', fault: lost })
  expect(state).toEqual({ name: 'initialized', because: [lost] })
})

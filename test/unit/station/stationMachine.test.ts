import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { fault } from '../../../src-main/domain/fault.ts'
import { nextStation, type StationInput, type StationState } from '../../../src-main/station/stationMachine.ts'

const lost = fault('plc/unreachable', 'cable pulled')
const bug = fault('station/bug', 'boom')

const states: Record<string, StationState> = {
  preoperational: { name: 'preoperational' },
  offline: { name: 'offline' },
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
  recipeActivated: { kind: 'recipeActivated' },
  runRequested: { kind: 'runRequested' },
  stopRequested: { kind: 'stopRequested' },
  faultCleared: { kind: 'faultCleared' },
  prepared: { kind: 'prepared' },
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

/** `input → next state [effects]`; whatever is not listed changes nothing and asks for nothing. */
const table: Record<string, Record<string, string>> = {
  preoperational: { recipeActivated: 'offline []' },
  offline: { recipeActivated: 'offline []', runRequested: 'initialized [prepare]' },
  initialized: { prepared: 'ready [takePart]', notYetPrepared: 'initialized []', stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]' },
  ready: {
    blocked: 'holding [takeNoPart]', unblocked: 'ready [takePart]', triggered: 'acquiring []',
    stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]',
  },
  acquiring: { frameTaken: 'inspecting []', decided: 'committing []', stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]' },
  inspecting: { decided: 'committing []', stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]' },
  committing: { recorded: 'resultValid []', stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]' },
  resultValid: {
    handedOver: 'ready [takePart]', handedOverBlocked: 'holding [takeNoPart]',
    stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]',
  },
  holding: {
    blocked: 'holding []', unblocked: 'ready [takePart]', stopRequested: 'offline [takeNoPart releaseDevices]', faulted: 'fault [takeNoPart makeOutputsSafe releaseDevices]',
  },
  fault: { stopRequested: 'offline [takeNoPart releaseDevices]', faultCleared: 'initialized [prepare]' },
}

describe.each(Object.keys(states))('station in %s', (from) => {
  test.each(Object.keys(inputs))('hears %s', (input) => {
    const { state, effects } = nextStation(states[from]!, inputs[input]!)
    const expected = table[from]![input]
    if (expected === undefined) expect({ state, effects }).toEqual({ state: states[from], effects: [] })
    else expect(`${state.name} [${effects.join(' ')}]`).toBe(expected)
  })
})

test('no sequence of inputs takes a part while a fault is latched, or leaves a latched fault without somebody clearing it', () => {
  const names = Object.keys(inputs)
  fc.assert(fc.property(fc.array(fc.constantFrom(...names), { maxLength: 60 }), (sequence) => {
    let state: StationState = { name: 'offline' }
    for (const name of sequence) {
      const step = nextStation(state, inputs[name]!)
      if (state.name === 'fault') {
        expect(step.effects).not.toContain('takePart')
        if (step.state.name !== 'fault') expect(['faultCleared', 'stopRequested']).toContain(name)
      }
      if (step.effects.includes('takePart')) expect(step.state.name).toBe('ready')
      state = step.state
    }
  }), { numRuns: 2_000 })
})

test('what a station waits for is what the last attempt failed on', () => {
  const { state } = nextStation(states.initialized!, { kind: 'notYetPrepared', fault: lost })
  expect(state).toEqual({ name: 'initialized', because: [lost] })
})

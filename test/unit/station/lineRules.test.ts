import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LineCommand } from '../../../src-main/domain/lineSignals.ts'
import type { PartId } from '../../../src-main/domain/ids.ts'
import { clearStopRequest, freshTally, tallyResult, type PublishedResult } from '../../../src-main/station/lineTally.ts'
import { controlBlockers, freshControl, hearCommand } from '../../../src-main/station/lineControl.ts'
import { benchLine, stationBench } from '../../support/stationBench.ts'

const limits = { rejectsInARow: 3, noDecisionsInARow: 2 }
const letters: Record<string, Pick<PublishedResult, 'outcome' | 'fault' | 'isChallenge'>> = {
  P: { outcome: 'pass', fault: null, isChallenge: false },
  R: { outcome: 'fail', fault: null, isChallenge: false },
  U: { outcome: 'unsure', fault: null, isChallenge: false },
  N: { outcome: null, fault: 'frame/dark', isChallenge: false },
  M: { outcome: null, fault: 'trigger/missed', isChallenge: false },
  L: { outcome: null, fault: 'station/late', isChallenge: false },
  O: { outcome: null, fault: 'trigger/overrun', isChallenge: false },
  p: { outcome: 'pass', fault: null, isChallenge: true },
  r: { outcome: 'fail', fault: null, isChallenge: true },
  n: { outcome: null, fault: 'frame/dark', isChallenge: true },
}
const tallyOf = (parts: string) =>
  [...parts].reduce((tally, letter, i) => tallyResult(tally, { ...letters[letter]!, partId: String(i + 1) as PartId, wallTime: `t${i + 1}` }, limits), freshTally)

describe('the stop request', () => {
  it.each([
    ['RR', null], ['RRR', 'rejectsInARow'], ['RUR', 'rejectsInARow'], ['RRPR', null], ['RRNR', 'rejectsInARow'],
    ['N', null], ['NN', 'noDecisionsInARow'], ['NPN', null], ['NRN', null], ['ML', 'noDecisionsInARow'],
    ['p', 'challengeAccepted'], ['r', null], ['n', null], ['RRrR', 'rejectsInARow'], ['rrr', null], ['NnP', null],
    ['RRRp', 'rejectsInARow'],
  ])('after %s: %s', (parts, reason) => {
    expect(tallyOf(parts).stopRequest?.reason ?? null).toBe(reason)
  })

  it('names the part that made it necessary, stays whatever follows, and is counted anew once it is cleared', () => {
    expect(tallyOf('PRRRPP').stopRequest).toEqual({ reason: 'rejectsInARow', partId: '4', wallTime: 't4' })
    const cleared = clearStopRequest(tallyOf('RRR'))
    expect(tallyResult(cleared, { ...letters['R']!, partId: '9' as PartId, wallTime: 't9' }, limits).stopRequest).toBeNull()
  })

  it('is never made by rejects where the recipe says nothing of its line', () => {
    expect(Array.from({ length: 50 }).reduce<typeof freshTally>((tally) => tallyResult(tally, { ...letters['R']!, partId: '1' as PartId, wallTime: '' }, undefined), freshTally).stopRequest).toBeNull()
  })
})

it('counters reconcile whatever the parts are, and each special count is among the no-decisions', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...Object.keys(letters)), { maxLength: 60 }), (parts) => {
    const { triggers, passes, rejects, noDecisions, missed, late, overrun } = tallyOf(parts.join('')).counters
    expect(triggers).toBe(parts.length)
    expect(passes + rejects + noDecisions).toBe(triggers)
    expect(missed + late + overrun).toBeLessThanOrEqual(noDecisions)
  }))
})

describe('a PLC that commands', () => {
  const commands: readonly LineCommand[] = [{ name: 'enable', isOn: true }, { name: 'clearFault' }, { name: 'goOffline', isOn: true }, { name: 'lineRunning', isOn: false }, { name: 'changeRecipe', number: 3 }]

  it.each(commands)('is ignored and counted while a person holds control: $name', (command) => {
    const { control, clearsFault } = hearCommand(freshControl, command)
    expect([clearsFault, control.ignoredCommands, controlBlockers(control)]).toEqual([false, 1, []])
  })

  it('decides whether the station is enabled once a person has given control; what it said before counts then', () => {
    const given = { ...hearCommand(freshControl, { name: 'enable', isOn: true }).control, holder: 'plc' as const }
    expect(controlBlockers(given)).toEqual([])
    expect(controlBlockers({ ...freshControl, holder: 'plc' })).toMatchObject([{ code: 'line/notEnabled' }])
    expect(controlBlockers(hearCommand(given, { name: 'goOffline', isOn: true }).control)).toMatchObject([{ code: 'line/notEnabled' }])
    expect(hearCommand(given, { name: 'clearFault' })).toMatchObject({ clearsFault: true, control: { ignoredCommands: 1 } })
    expect(hearCommand(given, { name: 'changeRecipe', number: 2 }).control.ignoredCommands).toBe(2)
  })

  it('with control holds the station until it enables it, clears what an operator may clear, and loses control when a person stops', async () => {
    const bench = stationBench(benchLine, { control: 'plc' })
    await bench.run()
    expect(bench.station.state).toMatchObject({ name: 'holding', because: [{ code: 'line/notEnabled' }] })
    bench.say({ kind: 'commanded', command: { name: 'enable', isOn: true } })
    expect(bench.station.state.name).toBe('ready')
    bench.trigger(1)
    await bench.clock.advance(50)
    bench.trigger(5)
    await bench.clock.advance(50)
    expect(bench.station.state.name).toBe('fault')
    bench.say({ kind: 'commanded', command: { name: 'clearFault' } })
    await bench.clock.advance(50)
    expect(bench.station.state.name).toBe('ready')
    bench.station.reportBug(new Error('boom'))
    bench.say({ kind: 'commanded', command: { name: 'clearFault' } })
    expect(bench.station.state.name).toBe('fault')
    const stopped = bench.station.stop()
    await bench.clock.advance(50)
    await stopped
    expect(bench.station.control.holder).toBe('human')
  })
})

describe('the chain of a rejected part', () => {
  it('has a gap when nobody confirms it: a fault in its receipt, and a stop request; parts behind it are judged all the same', async () => {
    const bench = stationBench({ ...benchLine, confirmWithinMs: 50 })
    await bench.run()
    bench.world.level = 90
    bench.trigger(1)
    await bench.clock.advance(100)
    expect(bench.station.tally.stopRequest).toBeNull()
    bench.world.isConfirming = false
    bench.trigger(2)
    await bench.clock.advance(100)
    expect(bench.station.tally.stopRequest).toMatchObject({ reason: 'notConfirmed', partId: 'part-000002' })
    expect([...bench.seen.stored.values()].map(({ receipt }) => [receipt!.fault?.code, receipt!.confirmedMs === null])).toEqual([[undefined, false], ['plc/notConfirmed', true]])
    bench.world.level = 30
    bench.trigger(3)
    await bench.clock.advance(100)
    expect(bench.seen.orders.at(-1)).toMatchObject({ output: 'accept' })
    bench.station.clearStopRequest()
    expect(bench.station.tally.stopRequest).toBeNull()
  })
})

it('a reject that came too late asks for no stop: what the line hears too late it rejects by itself', async () => {
  const bench = stationBench({ ...benchLine, confirmWithinMs: 50 })
  await bench.run()
  bench.world.level = 90
  bench.world.takesTooLate = 'reject'
  bench.trigger(1)
  await bench.clock.advance(100)
  expect([...bench.seen.stored.values()].map(({ receipt }) => receipt!.fault?.code)).toEqual(['station/late'])
  expect(bench.station.tally.stopRequest).toBeNull()
})

it('a removal that nobody commanded asks the line to stop', async () => {
  const bench = stationBench(benchLine)
  await bench.run()
  bench.say({ kind: 'unexpectedRemoval', atMs: 5 })
  expect([bench.station.tally.stopRequest?.reason, bench.station.state.name]).toEqual(['unexpectedRemoval', 'ready'])
})

it('a challenge part, asked for by a person or marked by the PLC, is found, or the line is asked to stop', async () => {
  const bench = stationBench(benchLine)
  await bench.run()
  bench.world.level = 90
  expect(bench.station.challengeNext().ok).toBe(true)
  bench.trigger(1)
  await bench.clock.advance(100)
  expect(bench.station.tally.lastChallenge).toMatchObject({ result: 'found', partId: 'part-000001' })
  bench.world.level = 30
  bench.trigger(2)
  await bench.clock.advance(100)
  expect(bench.station.tally.lastChallenge).toMatchObject({ partId: 'part-000001' })
  bench.trigger(3, { isChallenge: true })
  await bench.clock.advance(100)
  expect(bench.station.tally).toMatchObject({ lastChallenge: { result: 'accepted', partId: 'part-000003' }, stopRequest: { reason: 'challengeAccepted' } })
  expect([...bench.seen.stored.values()].map(({ line }) => line!.isChallenge)).toEqual([true, false, true])
})

describe('what the line is told', () => {
  it('comes ten times a second, with counters, fingerprint and boot id, and says what happens at once', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    const before = bench.seen.told.length
    await bench.clock.advance(1_000)
    expect(bench.seen.told.length - before).toBeGreaterThanOrEqual(10)
    expect(bench.seen.told.at(-1)).toMatchObject({ state: 'ready', fault: null, settingsFingerprint: 0xa5c3, bootId: 0xabcd, isRecipeOk: true, counters: { triggers: 0 } })
    bench.trigger(1)
    expect(bench.seen.told.at(-1)).toMatchObject({ state: 'acquiring' })
    bench.station.reportBug(new Error('boom'))
    expect(bench.seen.told.at(-1)).toMatchObject({ state: 'fault', fault: 'station/bug' })
    await bench.clock.advance(1_000)
    expect(bench.seen.told.at(-1)).toMatchObject({ state: 'fault', counters: { triggers: 1 } })
  })

  it('stops when a part hangs for longer than all waits together, so that the line notices', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.world.recordMs = 1e9
    bench.trigger(1)
    await bench.clock.advance(14_500)
    const before = bench.seen.told.length
    await bench.clock.advance(400)
    expect(bench.seen.told.length - before).toBeGreaterThanOrEqual(4)
    await bench.clock.advance(200)
    const last = bench.seen.told.length
    await bench.clock.advance(5_000)
    expect(bench.seen.told.length).toBe(last)
  })
})

it('evidence that failed while running is opened again, and the station goes on', async () => {
  const bench = stationBench(benchLine)
  await bench.run()
  bench.world.evidence = { status: 'failure', detail: 'the evidence thread has died' }
  await bench.clock.advance(1_000)
  expect(bench.station.state.name).toBe('ready')
  expect(bench.seen.reopened).toBe(1)
})

it('a simulated camera does not move a real output, unless somebody said so for this run', async () => {
  const real = { isSimulated: false }
  for (const [allowsSimulatedCamera, name] of [[undefined, 'fault'], [true, 'ready']] as const) {
    const bench = stationBench(benchLine, allowsSimulatedCamera ? { allowsSimulatedCamera } : {}, {}, { camera: { isSimulated: true }, plc: real })
    await bench.run()
    expect(bench.station.state.name).toBe(name)
    if (name === 'fault') expect(bench.station.state).toMatchObject({ fault: { code: 'camera/simulated' } })
  }
})

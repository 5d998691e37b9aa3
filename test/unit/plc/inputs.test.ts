import { beforeEach, describe, expect, it } from 'vitest'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import type { LineInput, TrafficEntry } from '../../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { outputOrder } from '../../support/outputOrder.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { someLine } from '../../support/someLine.ts'

const reject = { coil: 3, delayMs: 0, pulseMs: 30 }
const encoder = { register: 10, wordOrder: 'highFirst', countsPerMm: 10 } as const

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort
let heard: LineInput[]

beforeEach(() => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  heard = []
  plc.onInput((input) => { heard.push(input) })
})

const set = (input: number, isOn: boolean): void => { link.values.set(`discreteInput ${input}`, Number(isOn)) }
const triggers = (): number[] => heard.flatMap((input) => (input.kind === 'triggered' ? input.part.triggerNumber : []))

/** Input 0 on for 10 ms, then off for 10 ms. */
async function passEye(): Promise<void> {
  for (const isOn of [true, false]) {
    set(0, isOn)
    await clock.advance(10)
  }
}

describe('the scan', () => {
  it('asks for inputs near one another at once, for others by themselves, and for nothing when nothing is wired', async () => {
    await plc.open({ outputs: { reject }, line: someLine({ inputs: { rejectConfirmed: 2, exitEye: 90 }, encoder }) })
    await clock.advance(0)
    link.log.length = 0
    await clock.advance(9)
    expect(link.log).toEqual(['5 read discreteInput 0', '5 read discreteInput 90', '5 read inputRegister 10'])
    await plc.open({ outputs: { reject } })
    link.log.length = 0
    await clock.advance(100)
    expect(link.log).toEqual([])
  })

  it('lets an output wait behind one of its requests at most', async () => {
    await plc.open({ outputs: { reject }, line: someLine({ inputs: { exitEye: 90 }, encoder }) })
    await clock.advance(1)
    link.log.length = 0
    link.fates.push('slow', 'slow', 'slow', 'slow', 'slow')
    await clock.advance(10)
    const driven = plc.drive(outputOrder('reject', reject, clock.monotonicMs()))
    await clock.advance(100)
    expect(link.log.slice(0, 4)).toEqual(['5 read discreteInput 0', '15 write 3 on', '25 read 3', '35 read discreteInput 90'])
    expect((await driven).fault).toBeNull()
  })

  it('stands aside while a pulse is about to begin or to end, and only then', async () => {
    await plc.open({ outputs: { reject }, line: someLine({ inputs: { exitEye: 90 }, encoder }) })
    await clock.advance(1)
    link.log.length = 0
    link.fates.push(...Array<'slow'>(40).fill('slow'))
    const driven = plc.drive(outputOrder('reject', { ...reject, delayMs: 57, pulseMs: 42 }, clock.monotonicMs()))
    await clock.advance(200)
    expect(link.log.filter((entry) => entry.includes('write'))).toEqual(['58 write 3 on', '100 write 3 off'])
    expect((await driven).fault).toBeNull()
    expect(link.log.filter((entry) => entry.includes('Input')).length).toBeGreaterThan(8)
  })

  it('says of an address that the device does not have that it is refused, until it has it', async () => {
    await plc.open({ outputs: { reject }, line: someLine() })
    link.fates.push('refused')
    await clock.advance(5)
    expect(plc.health()).toMatchObject({ status: 'failure', detail: expect.stringContaining('plc/refused') as string })
    await clock.advance(1_000)
    expect(plc.health().status).toBe('ok')
  })

  it('gives a connection up that lets it wait, and goes on when that is back', async () => {
    await plc.open({ outputs: { reject }, line: someLine() })
    link.fates.push('lost')
    await clock.advance(400)
    expect(plc.health().status).toBe('failure')
    await clock.advance(1_000)
    expect(plc.health().status).toBe('ok')
    await passEye()
    expect(triggers()).toEqual([1])
  })

  it('ends with the connection', async () => {
    await plc.open({ outputs: { reject }, line: someLine() })
    await plc.close()
    link.log.length = 0
    await clock.advance(100)
    expect(link.log).toEqual([])
  })
})

describe('triggers', () => {
  it('are numbered from 1 with the time of their edge', async () => {
    await plc.open({ outputs: { reject }, line: someLine() })
    await clock.advance(22)
    const edgeMs = clock.monotonicMs()
    await passEye()
    await passEye()
    expect(triggers()).toEqual([1, 2])
    expect(heard[0]).toEqual({ kind: 'triggered', part: { partId: null, triggerNumber: 1, edgeMs: edgeMs + 0.5, encoderCount: null, isChallenge: false } })
  })

  it('are not made by an input that is on when the line is opened, nor by the edge that is not asked for', async () => {
    set(0, true)
    await plc.open({ outputs: { reject }, line: someLine() })
    await clock.advance(50)
    expect(triggers()).toEqual([])
    set(0, false)
    await clock.advance(50)
    expect(triggers()).toEqual([])
  })

  it('can be falling edges', async () => {
    await plc.open({ outputs: { reject }, line: someLine({ trigger: { kind: 'input', input: 0, edge: 'falling', debounceMs: 0 } }) })
    set(0, true)
    await clock.advance(50)
    expect(triggers()).toEqual([])
    set(0, false)
    await clock.advance(50)
    expect(triggers()).toEqual([1])
  })

  it('count on after the connection was lost and after the line was opened anew', async () => {
    await plc.open({ outputs: { reject }, line: someLine() })
    await clock.advance(10)
    await passEye()
    link.drop(fault('plc/unreachable', 'a moment'))
    await clock.advance(1_000)
    await passEye()
    await plc.open({ outputs: { reject }, line: someLine() })
    await clock.advance(10)
    await passEye()
    expect(triggers()).toEqual([1, 2, 3])
  })

  it('know where the belt was at their edge', async () => {
    link.values.set('inputRegister 10', 1)
    await plc.open({ outputs: { reject }, line: someLine({ encoder }) })
    await clock.advance(10)
    await passEye()
    expect(heard[0]).toMatchObject({ part: { encoderCount: 0x1_0000 } })
  })
})

it('lists what is wired with its values', async () => {
  link.values.set('discreteInput 4', 1).set('holdingRegister 20', 7).set('holdingRegister 21', 9)
  await plc.open({
    outputs: { reject, accept: { ...reject, coil: 1 } },
    line: someLine({ aliveCoil: 8, inputs: { rejectConfirmed: 4, exitEye: 5 }, confirmWithinMs: 100, encoder: { register: 20, space: 'holdingRegister', wordOrder: 'lowFirst', countsPerMm: 1 } }),
  })
  link.fates.push('refused')
  const rows = await plc.registers()
  expect(rows.ok && rows.value.map(({ space, address, name, value, canForce }) => `${space} ${address} ${name} ${value} ${canForce}`)).toEqual([
    'coil 1 accept null true', 'coil 3 reject 0 true', 'coil 8 alive 0 true',
    'discreteInput 0 trigger 0 false', 'discreteInput 4 rejectConfirmed 1 false', 'discreteInput 5 exitEye 0 false',
    'holdingRegister 20 encoderLow 7 false', 'holdingRegister 21 encoderHigh 9 false',
  ])
})

it('shows every request and reply while somebody listens', async () => {
  const traffic: TrafficEntry[] = []
  await plc.open({ outputs: { reject }, line: someLine({ inputs: { exitEye: 2 } }) })
  const stop = plc.onTraffic((entry) => { traffic.push(entry) })
  await clock.advance(5)
  link.fates.push('refused')
  await plc.force(3, true)
  stop()
  await plc.force(3, false)
  expect(traffic.map(({ direction, peer, summary, trouble }) => `${direction} ${peer}: ${summary}${trouble ? ` (${trouble})` : ''}`)).toEqual([
    'sent scripted: FC02 inputs 0–2', 'received scripted: FC02 inputs 0–2 = 0 0 0',
    'sent scripted: FC05 coil 3 on', 'received scripted: FC05 coil 3 on (exception 2)',
    'sent scripted: FC01 coil 3', 'received scripted: FC01 coil 3 = 0',
  ])
})

it.each([
  [{ outputs: { reject: { ...reject, counts: { delay: 1, pulse: 1 } } } }, 'no encoder'],
  [{ outputs: { reject }, line: someLine({ aliveCoil: 3 }) }, 'at once'],
  [{ outputs: { reject }, line: someLine({ confirmWithinMs: 100 }) }, 'no input'],
  [{ outputs: { reject }, line: someLine({ trigger: { kind: 'camera' }, partIds: { kind: 'barcode', path: '/dev/null', baud: 9_600, prefix: '', suffix: '\r' } }) }, 'barcode'],
])('refuses a wiring that contradicts itself (%#)', async (wiring, why) => {
  expect(await plc.open(wiring)).toMatchObject({ ok: false, fault: { code: 'recipe/invalid', detail: expect.stringContaining(why) as string } })
})

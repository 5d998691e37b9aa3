import { describe, expect, it } from 'vitest'
import type { PartId } from '../../../../src-main/domain/ids.ts'
import type { TrackedPart } from '../../../../src-main/domain/lineSignals.ts'
import { HandshakeBench } from '../../../support/handshakeBench.ts'

const part: TrackedPart = { partId: '1' as PartId, triggerNumber: 1, edgeMs: 0, encoderCount: null, isChallenge: false }

type State = 'boot' | 'disabled' | 'notReady' | 'ready' | 'triggerHeld' | 'busy' | 'exposed' | 'passShown' | 'readyBehindPass' | 'ackHeld' | 'plcStale'

/** Every state the handshake can be in: another one, and what leads on from there. */
const ways: Readonly<Record<Exclude<State, 'boot'>, readonly [from: State, step: (bench: HandshakeBench) => void]>> = {
  ready: ['boot', (bench) => { bench.start() }],
  disabled: ['ready', (bench) => { bench.plc({ enable: false }) }],
  notReady: ['ready', (bench) => { bench.tell({ state: 'holding' }) }],
  triggerHeld: ['ready', (bench) => { bench.trigger(1) }],
  busy: ['triggerHeld', (bench) => {
    bench.plc({ trigger: false })
    bench.tell({ state: 'acquiring' })
  }],
  exposed: ['busy', (bench) => { bench.tell({ state: 'inspecting' }) }],
  passShown: ['exposed', (bench) => { bench.order(part, 'pass') }],
  readyBehindPass: ['passShown', (bench) => { bench.tell() }],
  ackHeld: ['readyBehindPass', (bench) => { bench.plc({ resultAck: true }) }],
  plcStale: ['readyBehindPass', (bench) => { bench.apply({ kind: 'controllerLost', atMs: bench.state.nowMs }) }],
}

function reach(state: State): HandshakeBench {
  if (state === 'boot') return new HandshakeBench()
  const [from, step] = ways[state]
  const bench = reach(from)
  step(bench)
  return bench
}

const inputs: Readonly<Record<string, (bench: HandshakeBench) => void>> = {
  'trigger +': (bench) => { bench.trigger(bench.state.lastWireId === null ? 1 : 2) },
  'trigger −': (bench) => { bench.plc({ trigger: false }) },
  'ack +': (bench) => { bench.plc({ resultAck: true }) },
  'ack −': (bench) => { bench.plc({ resultAck: false }) },
  'enable −+': (bench) => {
    bench.plc({ enable: false })
    bench.plc({ enable: true })
  },
  'told ready': (bench) => { bench.tell() },
  'told fault': (bench) => { bench.tell({ state: 'fault', fault: 'camera/timeout' }) },
  'order pass': (bench) => { bench.order(part, 'pass') },
  'order reject': (bench) => { bench.order(part, 'reject') },
  'deadline': (bench) => { bench.wait(300) },
  'plc silent': (bench) => { bench.wait(500, { plc: true }) },
  'plc gone': (bench) => { bench.apply({ kind: 'controllerLost', atMs: bench.state.nowMs }) },
  'station silent': (bench) => { bench.wait(500, { station: true }) },
  'make safe': (bench) => { bench.apply({ kind: 'madeSafe', atMs: bench.state.nowMs }) },
  'open': (bench) => { bench.apply({ kind: 'opened', limits: bench.state.limits, atMs: bench.state.nowMs }) },
  'close': (bench) => { bench.apply({ kind: 'closed', atMs: bench.state.nowMs }) },
}

/** What the PLC reads then: the handshake's bits, the result where it is valid, and of orders how each was answered. */
function describeBench(bench: HandshakeBench): string {
  const { image, settled } = bench
  const bits = ['ready', 'triggerAck', 'busy', 'exposureDone', 'missed', 'late', 'plcStale'] as const
  const answers = [...settled.values()].map(({ acknowledgedMs, fault }) => fault?.code ?? (acknowledgedMs === null ? 'unanswered' : 'taken'))
  return [...bits.filter(image.bit), ...(image.bit('resultValid') ? [`${image.result}!`] : []), ...answers.map((answer) => `→${answer}`)].join(' ')
}

/** `same` is the state itself, and what every input leaves that is not named. */
const table: Readonly<Record<State, Readonly<Record<string, string>>>> = {
  boot: {
    same: 'plcStale',
    'trigger +': 'missed',
    'trigger −': '',
    'ack +': '',
    'ack −': '',
    'enable −+': '',
    'order pass': 'plcStale →plc/unreachable',
    'order reject': 'plcStale →plc/unreachable',
    deadline: '',
    'station silent': '',
  },
  disabled: {
    same: '',
    'trigger +': 'missed noDecision!',
    'order pass': '→plc/unreachable',
    'order reject': '→plc/unreachable',
    'plc silent': 'plcStale',
    'plc gone': 'plcStale',
  },
  notReady: {
    same: '',
    'trigger +': 'missed noDecision!',
    'told ready': 'ready',
    'order pass': '→plc/unreachable',
    'order reject': '→plc/unreachable',
    'plc silent': 'plcStale',
    'plc gone': 'plcStale',
  },
  ready: {
    same: 'ready',
    'trigger +': 'triggerAck busy',
    'enable −+': '',
    'told fault': '',
    'order pass': 'ready →plc/unreachable',
    'order reject': 'ready →plc/unreachable',
    'plc silent': 'plcStale',
    'plc gone': 'plcStale',
    'station silent': '',
    'make safe': '',
    open: '',
    close: '',
  },
  triggerHeld: {
    same: 'triggerAck busy',
    'trigger −': 'busy',
    'enable −+': 'triggerAck',
    'order pass': 'triggerAck exposureDone pass!',
    'order reject': 'triggerAck exposureDone reject!',
    deadline: 'triggerAck exposureDone late noDecision!',
    'plc silent': 'triggerAck exposureDone late plcStale noDecision!',
    'plc gone': 'triggerAck busy plcStale',
    'station silent': 'triggerAck exposureDone',
    open: 'triggerAck',
    close: 'triggerAck',
  },
  busy: {
    same: 'busy',
    'trigger +': 'busy missed noDecision!',
    'enable −+': '',
    'order pass': 'exposureDone pass!',
    'order reject': 'exposureDone reject!',
    deadline: 'exposureDone late noDecision!',
    'plc silent': 'exposureDone late plcStale noDecision!',
    'plc gone': 'busy plcStale',
    'station silent': 'exposureDone',
    open: '',
    close: '',
  },
  exposed: {
    same: 'busy exposureDone',
    'trigger +': 'busy exposureDone missed noDecision!',
    'enable −+': 'exposureDone',
    'order pass': 'exposureDone pass!',
    'order reject': 'exposureDone reject!',
    deadline: 'exposureDone late noDecision!',
    'plc silent': 'exposureDone late plcStale noDecision!',
    'plc gone': 'busy exposureDone plcStale',
    'station silent': 'exposureDone',
    open: 'exposureDone',
    close: 'exposureDone',
  },
  passShown: {
    same: 'exposureDone pass!',
    'trigger +': 'exposureDone missed pass!',
    'ack +': 'exposureDone →taken',
    'enable −+': 'exposureDone →plc/unreachable',
    'told ready': 'ready exposureDone pass!',
    'order pass': 'exposureDone pass! →plc/refused',
    'order reject': 'exposureDone pass! →plc/refused',
    deadline: 'exposureDone late noDecision! →plc/timeout',
    'plc silent': 'exposureDone late plcStale noDecision! →plc/timeout',
    'plc gone': 'exposureDone plcStale noDecision! →plc/unreachable',
    'station silent': 'exposureDone →plc/timeout',
    'make safe': 'exposureDone →station/interrupted',
    open: 'exposureDone →station/interrupted',
    close: 'exposureDone →plc/unreachable',
  },
  readyBehindPass: {
    same: 'ready exposureDone pass!',
    'trigger +': 'triggerAck busy pass!',
    'ack +': 'ready exposureDone →taken',
    'enable −+': 'exposureDone →plc/unreachable',
    'told fault': 'exposureDone pass!',
    'order pass': 'ready exposureDone pass! →plc/refused',
    'order reject': 'ready exposureDone pass! →plc/refused',
    deadline: 'ready exposureDone late noDecision! →plc/timeout',
    'plc silent': 'exposureDone late plcStale noDecision! →plc/timeout',
    'plc gone': 'exposureDone plcStale noDecision! →plc/unreachable',
    'station silent': 'exposureDone →plc/timeout',
    'make safe': 'exposureDone →station/interrupted',
    open: 'exposureDone →station/interrupted',
    close: 'exposureDone →plc/unreachable',
  },
  ackHeld: {
    same: 'ready exposureDone →taken',
    'trigger +': 'triggerAck busy →taken',
    'enable −+': 'exposureDone →taken',
    'told fault': 'exposureDone →taken',
    'order pass': 'ready exposureDone →plc/unreachable',
    'order reject': 'ready exposureDone →plc/unreachable',
    'plc silent': 'exposureDone plcStale →taken',
    'plc gone': 'exposureDone plcStale →taken',
    'station silent': 'exposureDone →taken',
    'make safe': 'exposureDone →taken',
    open: 'exposureDone →taken',
    close: 'exposureDone →taken',
  },
  plcStale: {
    same: 'exposureDone plcStale noDecision! →plc/unreachable',
    'trigger +': 'exposureDone missed noDecision! →plc/unreachable',
    'trigger −': 'ready exposureDone noDecision! →plc/unreachable',
    'ack +': 'ready exposureDone →plc/unreachable',
    'ack −': 'ready exposureDone noDecision! →plc/unreachable',
    'enable −+': 'exposureDone →plc/unreachable',
    'order pass': 'exposureDone plcStale noDecision! →plc/refused',
    'order reject': 'exposureDone plcStale noDecision! →plc/refused',
    deadline: 'ready exposureDone noDecision! →plc/unreachable',
    'station silent': 'exposureDone →plc/unreachable',
    'make safe': 'exposureDone plcStale →plc/unreachable',
    open: 'exposureDone plcStale →plc/unreachable',
    close: 'exposureDone plcStale →plc/unreachable',
  },
}

describe.each(Object.entries(table) as [State, Readonly<Record<string, string>>][])('handshake: %s', (state, { same = '', ...changes }) => {
  it('reads as it must', () => {
    expect(describeBench(reach(state))).toBe(same)
    expect(Object.keys(changes).filter((input) => !(input in inputs))).toEqual([])
  })

  it.each(Object.entries(inputs))('%s', (input, give) => {
    const bench = reach(state)
    give(bench)
    expect(describeBench(bench)).toBe(changes[input] ?? same)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageCrc, nextPartId, resultBufferSize, type ResultName } from '../../../../src-main/adapters/plc/handshake/registerMap.ts'
import { registerImage } from '../../../../src-main/adapters/plc/handshake/registerImage.ts'
import { HandshakeBench } from '../../../support/handshakeBench.ts'

const deadlineMs = 900
const confirmWithinMs = 400

type Move =
  | { readonly kind: 'trigger' | 'release' | 'ack' | 'unack' | 'enable' | 'disable' | 'told' | 'toldBusy' | 'madeSafe' | 'controllerLost' | 'rejectEye' | 'exitEye' | 'clearFault' }
  | { readonly kind: 'badTrigger'; readonly partId: number }
  | { readonly kind: 'order'; readonly pick: number; readonly result: ResultName }
  | { readonly kind: 'wait'; readonly ms: number; readonly plc: boolean; readonly station: boolean }

const plain = (kind: Exclude<Move['kind'], 'badTrigger' | 'order' | 'wait'>) => fc.constant<Move>({ kind })
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...(['trigger', 'release', 'ack', 'unack', 'told'] as const).map(plain)) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('order' as const), pick: fc.nat(3), result: fc.constantFrom<ResultName>('pass', 'pass', 'reject', 'noDecision') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 700 }), plc: fc.boolean(), station: fc.boolean() }) },
  { weight: 2, arbitrary: fc.oneof(...(['rejectEye', 'exitEye', 'clearFault', 'toldBusy'] as const).map(plain)) },
  { weight: 1, arbitrary: fc.oneof(...(['enable', 'disable', 'madeSafe', 'controllerLost'] as const).map(plain), fc.record({ kind: fc.constant('badTrigger' as const), partId: fc.nat(20) })) },
)

/** What a witness beside the handshake knows of each trigger. */
interface Witness { readonly partId: number; readonly edgeMs: number; readonly wasReady: boolean; readonly follows: boolean; order?: ResultName }

function play(sequence: readonly Move[]): void {
  const bench = new HandshakeBench({ deadlineMs, confirmWithinMs }).start()
  const seen: Witness[] = []
  const eyes = { rejectEyeCount: 0, exitEyeCount: 0 }
  let lastId: number | null = null
  let toldMs = 0

  const trigger = (partId: number): void => {
    const { image } = bench
    const before = bench.triggered.length
    const wasReady = image.bit('ready')
    bench.plc({ trigger: true }, { partId })
    if (bench.triggered.length === before) return
    seen.push({ partId, edgeMs: bench.state.nowMs, wasReady, follows: partId !== 0 && (lastId === null || nextPartId(lastId) === partId) })
    lastId = partId
  }
  const make = (move: Move): void => {
    const atMs = bench.state.nowMs
    switch (move.kind) {
      case 'trigger': trigger(nextPartId(lastId ?? 0)); break
      case 'badTrigger': trigger(move.partId); break
      case 'release': bench.plc({ trigger: false }); break
      case 'ack': bench.plc({ resultAck: true }); break
      case 'unack': bench.plc({ resultAck: false }); break
      case 'clearFault':
        bench.plc({ clearFault: true })
        bench.plc({ clearFault: false })
        break
      case 'enable':
        if (!(bench.state.control[0]! & 1)) lastId = null
        bench.plc({ enable: true })
        break
      case 'disable': bench.plc({ enable: false }); break
      case 'rejectEye': bench.plc({}, { rejectEyeCount: ++eyes.rejectEyeCount }); break
      case 'exitEye': bench.plc({}, { exitEyeCount: ++eyes.exitEyeCount }); break
      case 'told':
      case 'toldBusy':
        toldMs = atMs
        bench.tell({ state: move.kind === 'told' ? 'ready' : 'inspecting' })
        break
      case 'madeSafe':
      case 'controllerLost': bench.apply({ kind: move.kind, atMs }); break
      case 'wait':
        bench.wait(move.ms, { plc: move.plc, station: move.station })
        if (!move.station && bench.state.status) toldMs = bench.state.nowMs
        break
      case 'order': {
        const open = seen.map((part, i) => ({ part, i })).filter(({ part }) => part.order === undefined)
        const chosen = open[move.pick]
        if (!chosen) break
        chosen.part.order = move.result
        bench.order(bench.triggered[chosen.i]!, move.result)
      }
    }
  }
  const check = (): void => {
    const { image, state } = bench
    const words = registerImage(state)
    expect(words[19]).toBe(imageCrc(words))
    expect(['pass', 'reject', 'noDecision']).toContain(image.result)
    expect(state.queue.length).toBeLessThanOrEqual(resultBufferSize)
    if (!image.bit('resultValid')) expect(image.result).toBe('reject')
    if (image.bit('ready')) expect([image.bit('busy'), image.bit('triggerAck'), image.bit('plcStale'), image.bit('online')]).toEqual([false, false, false, true])
    if (image.result !== 'pass') return
    const part = seen[state.queue[0]! - 1]!
    expect(part).toMatchObject({ partId: image.word('partIdEcho'), order: 'pass', wasReady: true, follows: true })
    expect(state.nowMs - part.edgeMs).toBeLessThan(deadlineMs)
    expect(image.bit('plcStale')).toBe(false)
    expect(state.nowMs - toldMs).toBeLessThan(500)
  }

  for (const move of sequence) {
    make(move)
    check()
  }
  bench.wait(deadlineMs + confirmWithinMs + 1)
  check()
  expect(bench.unanswered).toBe(0)
  for (const [number, { acknowledgedMs, fault }] of bench.settled) {
    const part = seen[number - 1]!
    if (part.order === 'pass' && fault === null) expect([part.wasReady, part.follows, acknowledgedMs !== null && acknowledgedMs - part.edgeMs < deadlineMs]).toEqual([true, true, true])
  }
}

describe('handshake: any sequence whatever', () => {
  it('shows a pass only for its own part, in time, while both ends live; and answers every order once', () => {
    fc.assert(fc.property(fc.array(moves, { minLength: 5, maxLength: 60 }), play), { numRuns: 600 })
  })
})

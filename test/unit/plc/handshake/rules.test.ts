import { describe, expect, it } from 'vitest'
import { imageCrc, resultBufferSize } from '../../../../src-main/adapters/plc/handshake/registerMap.ts'
import { registerImage } from '../../../../src-main/adapters/plc/handshake/registerImage.ts'
import type { LineCommand } from '../../../../src-main/domain/lineSignals.ts'
import { HandshakeBench, orderFor } from '../../../support/handshakeBench.ts'

const ready = (limits?: ConstructorParameters<typeof HandshakeBench>[0]): HandshakeBench => new HandshakeBench(limits).start()
const commandsOf = (bench: HandshakeBench): readonly LineCommand[] => bench.heard.flatMap((input) => (input.kind === 'commanded' ? [input.command] : []))
const faultsOf = (bench: HandshakeBench): readonly string[] => bench.heard.flatMap((input) => (input.kind === 'outOfStep' ? [input.fault.code] : []))

describe('handshake: the whole sequence', () => {
  it('goes enable, ready, trigger, ack, exposure done, result valid, result ack, and back to ready', () => {
    const bench = ready()
    const seen = [bench.image.bits]
    const step = (act: () => void): void => {
      act()
      seen.push(bench.image.bits)
    }
    step(() => { bench.trigger(41) })
    step(() => { bench.tell({ state: 'acquiring' }) })
    step(() => { bench.plc({ trigger: false }) })
    step(() => { bench.tell({ state: 'inspecting' }) })
    expect(bench.image.word('partIdEcho')).toBe(41)
    expect(bench.image.result).toBe('reject')
    step(() => { bench.order(bench.triggered[0]!, 'pass') })
    expect([bench.image.result, bench.image.word('partIdEcho'), bench.image.word('processMs'), bench.image.word('resultsBuffered')]).toEqual(['pass', 41, 42, 1])
    step(() => { bench.plc({ resultAck: true }) })
    expect([bench.image.result, bench.image.word('resultsBuffered')]).toEqual(['reject', 0])
    step(() => { bench.plc({ resultAck: false }) })
    step(() => { bench.tell() })
    expect(seen).toEqual([
      'online ready recipeOk',
      'online triggerAck busy recipeOk',
      'online triggerAck busy recipeOk',
      'online busy recipeOk',
      'online busy exposureDone recipeOk',
      'online exposureDone resultValid recipeOk',
      'online exposureDone recipeOk',
      'online exposureDone recipeOk',
      'online ready exposureDone recipeOk',
    ])
    expect(bench.settled.get(1)).toEqual({ publishedMs: 0, acknowledgedMs: 0, fault: null })
  })

  it('shows what the station says of itself, under a CRC that changes with it', () => {
    const bench = ready()
    const before = registerImage(bench.state)
    bench.tell({ state: 'fault', fault: 'camera/timeout', evidenceDegraded: true, isSimulated: true, stopRequested: true, ledgerRoot: 0xfedc_ba98, counters: { triggers: 65_538, passes: 1, rejects: 1, noDecisions: 65_536, missed: 0, late: 0, overrun: 0 } })
    const { image } = bench
    expect(image.bits).toBe('online fault evidenceDegraded recipeOk simulated stopRequested')
    expect((['activeRecipe', 'settingsFingerprint', 'state', 'faultCode', 'triggers', 'passes', 'rejects', 'noDecisions', 'bootId', 'ledgerRootHigh', 'ledgerRootLow'] as const).map(image.word))
      .toEqual([3, 0xbeef, 10, 202, 2, 1, 1, 0, 77, 0xfedc, 0xba98])
    expect(image.word('crc')).toBe(imageCrc(registerImage(bench.state)))
    expect(image.word('crc')).not.toBe(before[19])
  })

  it('carries the challenge bit of the trigger to the station', () => {
    const bench = ready()
    expect(bench.trigger(1, { challengePart: true })).toMatchObject({ partId: '1', triggerNumber: 1, isChallenge: true })
    expect(bench.triggered).toHaveLength(1)
  })

  it('tells a held part as a reject, and no decision as no decision', () => {
    const bench = ready()
    const part = bench.trigger(1)
    bench.orderAs(part, { ...orderFor(part, 'reject'), output: 'hold', outcome: 'unsure' })
    expect([bench.image.result, bench.image.word('defectClass')]).toEqual(['reject', 2])
    bench.ack()
    bench.plc({ trigger: false })
    bench.tell()
    bench.order(bench.trigger(2), 'noDecision')
    expect(bench.image.result).toBe('noDecision')
  })

  it('never tells an accept without a passing outcome as a pass', () => {
    const bench = ready()
    const part = bench.trigger(1)
    bench.orderAs(part, { ...orderFor(part, 'pass'), outcome: 'unsure' })
    expect(bench.image.result).toBe('reject')
  })
})

describe('handshake: the deadline', () => {
  it.each([
    ['what the recipe says', 0, 300],
    ['what the PLC says, where that is less', 120, 120],
    ['what the recipe says, where that is less', 900, 300],
  ])('is %s', (_, asked, deadlineMs) => {
    const bench = ready()
    bench.plc({ trigger: true }, { partId: 1, deadlineMs: asked })
    bench.wait(deadlineMs - 1)
    expect(bench.image.bit('resultValid')).toBe(false)
    bench.wait(1)
    expect([bench.image.result, bench.image.bit('late'), bench.image.bit('resultValid')]).toEqual(['noDecision', true, true])
  })

  it('keeps a late pass in the receipt and never publishes it', () => {
    const bench = ready()
    const part = bench.trigger(1)
    bench.wait(301)
    bench.order(part, 'pass')
    expect(bench.image.result).toBe('noDecision')
    expect(bench.settled.get(1)).toMatchObject({ publishedMs: null, fault: { code: 'station/late', measured: 1, detail: expect.stringContaining('accept') as string } })
    expect(bench.state.counts.late).toBe(1)
  })

  it('takes the no decision of a station that gives up itself, however close to the deadline, and waits for its ack', () => {
    for (const atMs of [299, 300, 310]) {
      const bench = ready()
      const part = bench.trigger(1)
      bench.wait(atMs)
      bench.order(part, 'noDecision')
      bench.wait(20)
      expect([bench.image.result, bench.settled.size]).toEqual(['noDecision', 0])
      bench.ack()
      expect(bench.settled.get(1)).toMatchObject({ acknowledgedMs: atMs + 20, fault: null })
    }
  })

  it('keeps a reject a reject when nobody takes it, and answers its order', () => {
    const bench = ready()
    bench.order(bench.trigger(1), 'reject')
    bench.wait(499)
    expect([bench.image.result, bench.image.bit('late'), bench.settled.size]).toEqual(['reject', false, 0])
    bench.wait(1)
    expect([bench.image.result, bench.settled.get(1)]).toEqual(['reject', { publishedMs: 0, acknowledgedMs: null, fault: expect.objectContaining({ code: 'plc/timeout' }) as unknown }])
  })

  it('takes a pass back that the PLC has not taken in time', () => {
    const bench = ready()
    bench.order(bench.trigger(1), 'pass')
    expect(bench.image.result).toBe('pass')
    bench.wait(300)
    expect([bench.image.result, bench.image.bit('late')]).toEqual(['noDecision', true])
    expect(bench.settled.get(1)).toEqual({ publishedMs: 0, acknowledgedMs: null, fault: expect.objectContaining({ code: 'plc/timeout' }) as unknown })
    bench.ack()
    expect(bench.image.bit('late')).toBe(false)
  })
})

describe('handshake: the result buffer', () => {
  const fill = (bench: HandshakeBench, count: number): void => {
    for (let id = 1; id <= count; id++) {
      bench.order(bench.trigger(id), id % 2 === 0 ? 'reject' : 'pass')
      bench.plc({ trigger: false })
      bench.tell()
    }
  }

  it('keeps eight results and gives them out one by one, each with its own part id', () => {
    const bench = ready()
    fill(bench, resultBufferSize)
    expect([bench.image.word('resultsBuffered'), bench.image.bit('overrun')]).toEqual([8, false])
    const read: string[] = []
    while (bench.image.bit('resultValid')) {
      read.push(`${bench.image.word('partIdEcho')} ${bench.image.result}`)
      bench.ack()
    }
    expect(read).toEqual(['1 pass', '2 reject', '3 pass', '4 reject', '5 pass', '6 reject', '7 pass', '8 reject'])
  })

  it('throws the ninth away, says overrun until the fault is cleared, and keeps the eight', () => {
    const bench = ready()
    fill(bench, resultBufferSize + 1)
    expect([bench.image.bit('overrun'), bench.image.word('resultsBuffered'), bench.image.word('partIdEcho')]).toEqual([true, 8, 1])
    expect(bench.settled.get(9)).toMatchObject({ publishedMs: null, acknowledgedMs: null, fault: { code: 'plc/timeout', measured: 9, limit: 8 } })
    bench.plc({ clearFault: true })
    expect(bench.image.bit('overrun')).toBe(false)
  })

  it('shows nothing new while an ack is held, however long', () => {
    const bench = ready()
    fill(bench, 2)
    bench.plc({ resultAck: true })
    expect([bench.image.bit('resultValid'), bench.image.word('resultsBuffered'), bench.image.result]).toEqual([false, 1, 'reject'])
    bench.plc({ resultAck: false })
    expect([bench.image.bit('resultValid'), bench.image.word('partIdEcho')]).toEqual([true, 2])
  })
})

describe('handshake: triggers and ids', () => {
  it('reports a trigger while not ready, says missed, and tells no decision for it whatever the station says', () => {
    const bench = ready()
    bench.tell({ state: 'holding' })
    const part = bench.trigger(1)
    expect([bench.image.bit('missed'), bench.image.bit('triggerAck'), bench.image.result, bench.image.word('partIdEcho')]).toEqual([true, false, 'noDecision', 1])
    bench.order(part, 'pass')
    expect(bench.image.result).toBe('noDecision')
    bench.ack()
    expect(bench.settled.get(1)).toMatchObject({ acknowledgedMs: 0, fault: { code: 'trigger/missed' } })
    expect(bench.state.counts.missed).toBe(1)
    bench.plc({ clearFault: true })
    expect(bench.image.bit('missed')).toBe(false)
  })

  it.each([
    ['a gap', 3, /3 came after 1/],
    ['a repeat', 1, /1 came twice/],
    ['a step back', 65_535, /65535 came after 1/],
    ['a part that is none', 0, /PART_ID 0/],
  ])('reports %s in the PART_IDs, and passes no such part', (_, id, detail) => {
    const bench = ready()
    bench.part(1, 'pass')
    const part = bench.trigger(id)
    expect(bench.heard.at(-2)).toMatchObject({ kind: 'outOfStep', fault: { code: 'trigger/outOfStep', detail: expect.stringMatching(detail) as string } })
    bench.order(part, 'pass')
    expect(bench.image.result).toBe('noDecision')
    bench.ack()
    expect(bench.settled.get(2)?.fault?.code).toBe('trigger/outOfStep')
  })

  it('counts on from 65,535 to 1', () => {
    const bench = ready()
    bench.part(65_535, 'pass')
    bench.part(1, 'pass')
    expect(faultsOf(bench)).toEqual([])
  })

  it('takes any id after enable has risen anew, and answers what was left', () => {
    const bench = ready()
    bench.order(bench.trigger(1), 'pass')
    bench.plc({ enable: false, trigger: false })
    bench.plc({ enable: true })
    expect([bench.image.bit('resultValid'), bench.settled.get(1)?.fault?.code]).toEqual([false, 'plc/unreachable'])
    bench.tell()
    bench.part(500, 'pass')
    expect(faultsOf(bench)).toEqual([])
    expect(bench.settled.get(2)?.fault).toBeNull()
  })

  it('takes no second order for a part', () => {
    const bench = ready()
    const part = bench.trigger(1)
    bench.order(part, 'reject')
    bench.order(part, 'pass')
    expect([bench.image.result, bench.settled.get(1)?.fault?.code]).toEqual(['reject', 'plc/refused'])
  })

  it('takes no result for another part that has the same number', () => {
    const bench = ready()
    const part = bench.trigger(7)
    bench.order({ ...part, partId: null }, 'pass')
    expect([bench.image.bit('resultValid'), bench.settled.get(1)?.fault?.code]).toEqual([false, 'plc/unreachable'])
    bench.order(part, 'reject')
    expect(bench.image.result).toBe('reject')
  })

  it('stays ready while the station asks for a stop: parts are on the belt', () => {
    const bench = ready()
    bench.tell({ stopRequested: true })
    expect([bench.image.bit('ready'), bench.image.bit('stopRequested')]).toEqual([true, true])
  })

  it('drops everything when the station turns out to be another one', () => {
    const bench = ready()
    bench.order(bench.trigger(1), 'pass')
    bench.tell({ bootId: 78 })
    expect([bench.image.bit('resultValid'), bench.settled.get(1)?.fault?.code, faultsOf(bench)]).toEqual([false, 'station/interrupted', ['trigger/outOfStep']])
  })
})

describe('handshake: silence', () => {
  it('beats once per 100 ms while the decision loop speaks, and stops with it', () => {
    const bench = ready()
    bench.wait(1_000)
    expect(bench.image.word('heartbeat')).toBe(10)
    bench.wait(2_000, { station: true })
    expect(bench.image.word('heartbeat')).toBe(12)
    expect([bench.image.bit('online'), bench.image.bit('ready')]).toEqual([false, false])
    bench.tell()
    bench.wait(100)
    expect([bench.image.word('heartbeat'), bench.image.bit('ready')]).toEqual([13, true])
  })

  it('takes a pass back within 500 ms of the station falling silent', () => {
    const bench = ready({ deadlineMs: 5_000 })
    bench.order(bench.trigger(1), 'pass')
    bench.wait(499, { station: true })
    expect(bench.image.result).toBe('pass')
    bench.wait(1, { station: true })
    expect([bench.image.result, bench.image.bit('resultValid'), bench.settled.get(1)?.fault?.code]).toEqual(['reject', false, 'station/interrupted'])
  })

  it.each(['station', 'plc'] as const)('publishes no pass for a part that was under way when the %s was silent', (who) => {
    const bench = ready({ deadlineMs: 5_000 })
    const part = bench.trigger(1)
    bench.wait(500, { [who]: true })
    bench.plc({})
    bench.tell()
    bench.order(part, 'pass')
    expect(bench.image.result).toBe('noDecision')
  })

  it('answers at once while the PLC is stale, and tells it no decision when it is back', () => {
    const bench = ready()
    const part = bench.trigger(1)
    bench.apply({ kind: 'controllerLost', atMs: 10 })
    bench.order(part, 'pass')
    expect(bench.settled.get(1)).toMatchObject({ acknowledgedMs: null, fault: { code: 'plc/unreachable' } })
    bench.plc({})
    expect([bench.image.bit('plcStale'), bench.image.result, bench.image.bit('resultValid')]).toEqual([false, 'noDecision', true])
  })

  it('does not call a part untaken that the PLC took before it fell silent', () => {
    const bench = ready()
    bench.tell({ state: 'holding' })
    const part = bench.trigger(1)
    bench.ack()
    bench.apply({ kind: 'controllerLost', atMs: 0 })
    bench.order(part, 'noDecision')
    expect(bench.settled.get(1)).toMatchObject({ acknowledgedMs: 0, fault: null })
  })

  it('wants a heartbeat that changes, not one that is repeated', () => {
    const bench = ready()
    const { control } = bench.state
    for (let atMs = 0; atMs <= 600; atMs += 100) bench.apply({ kind: 'written', start: 0, values: control, atMs })
    expect(bench.image.bit('plcStale')).toBe(true)
  })

  it('passes no part that was under way when the outputs were made safe', () => {
    const bench = ready()
    const part = bench.trigger(1)
    bench.apply({ kind: 'madeSafe', atMs: 0 })
    bench.order(part, 'pass')
    expect(bench.image.result).toBe('noDecision')
  })
})

describe('handshake: commands', () => {
  it('says what the PLC asks for, at the edge', () => {
    const bench = ready()
    bench.plc({ lineRunning: true })
    bench.plc({ changeRecipe: true, clearFault: true }, { recipeRequested: 12 })
    bench.plc({ changeRecipe: true })
    bench.plc({ offline: true })
    expect(bench.image.bit('ready')).toBe(false)
    bench.plc({ offline: false, enable: false })
    expect(commandsOf(bench)).toEqual([
      { name: 'enable', isOn: true }, { name: 'lineRunning', isOn: true }, { name: 'clearFault' }, { name: 'changeRecipe', number: 12 },
      { name: 'goOffline', isOn: true }, { name: 'enable', isOn: false }, { name: 'goOffline', isOn: false },
    ])
  })

  it('ignores and counts commands while a person has the station stopped', () => {
    const bench = ready()
    bench.tell({ state: 'holding' })
    bench.trigger(1)
    bench.tell({ state: 'offline' })
    bench.plc({ clearFault: true, changeRecipe: true })
    expect([bench.state.counts.ignoredCommands, bench.image.bit('missed'), bench.image.bit('online')]).toEqual([2, true, false])
    expect(commandsOf(bench)).toEqual([{ name: 'enable', isOn: true }])
  })

  it('says the levels again to a line that was opened anew', () => {
    const bench = ready()
    bench.plc({ lineRunning: true })
    bench.heard.length = 0
    bench.apply({ kind: 'opened', limits: bench.state.limits, atMs: 0 })
    expect(commandsOf(bench)).toEqual([{ name: 'enable', isOn: true }, { name: 'lineRunning', isOn: true }])
  })
})

describe('handshake: the eyes', () => {
  const watched = { confirmWithinMs: 1_000 }

  it('answers a reject when the reject eye has seen it, a pass at once', () => {
    const bench = ready(watched)
    bench.part(1, 'pass')
    expect(bench.settled.get(1)).toEqual({ publishedMs: 0, acknowledgedMs: 0, fault: null })
    bench.part(2, 'reject')
    expect(bench.settled.has(2)).toBe(false)
    bench.wait(200)
    bench.plc({}, { rejectEyeCount: 1 })
    expect(bench.settled.get(2)).toEqual({ publishedMs: 0, acknowledgedMs: 0, confirmedMs: 200, fault: null })
  })

  it('says that a reject was not confirmed in time', () => {
    const bench = ready(watched)
    bench.part(1, 'reject')
    bench.wait(999)
    expect(bench.settled.has(1)).toBe(false)
    bench.wait(1)
    expect(bench.settled.get(1)).toEqual({ publishedMs: 0, acknowledgedMs: 0, confirmedMs: null, fault: null })
  })

  it('says so at once when the part comes out at the exit instead', () => {
    const bench = ready(watched)
    bench.part(1, 'pass')
    bench.part(2, 'reject')
    bench.plc({}, { exitEyeCount: 1 })
    expect(bench.settled.has(2)).toBe(false)
    bench.plc({}, { exitEyeCount: 2 })
    expect(bench.settled.get(2)).toMatchObject({ confirmedMs: null })
  })

  it('reports a no decision that came out at the exit after its receipt was written', () => {
    const bench = ready(watched)
    bench.order(bench.trigger(1), 'pass')
    bench.wait(300)
    bench.plc({}, { exitEyeCount: 1 })
    expect(faultsOf(bench)).toEqual(['trigger/outOfStep'])
  })

  it('reports a removal that nobody ordered, once for each time it is seen', () => {
    const bench = ready(watched)
    bench.part(1, 'pass')
    bench.plc({}, { rejectEyeCount: 2 })
    bench.plc({})
    expect(bench.heard.filter((input) => input.kind === 'unexpectedRemoval')).toHaveLength(1)
  })

  it('expects missed, late and overrun parts to fall as well', () => {
    const bench = ready(watched)
    bench.tell({ state: 'holding' })
    bench.trigger(1)
    bench.plc({ trigger: false })
    bench.ack()
    bench.tell()
    bench.order(bench.trigger(2), 'pass')
    bench.wait(300)
    bench.plc({}, { rejectEyeCount: 2 })
    expect(bench.heard.some((input) => input.kind === 'unexpectedRemoval')).toBe(false)
    bench.plc({}, { rejectEyeCount: 3 })
    expect(bench.heard.at(-1)?.kind).toBe('unexpectedRemoval')
  })

  it('takes a counter that steps back for a PLC that has started anew, and counts on at 65,536', () => {
    const bench = ready(watched)
    bench.plc({ enable: false })
    bench.plc({ enable: true }, { rejectEyeCount: 65_535 })
    bench.tell()
    bench.part(1, 'reject')
    bench.plc({}, { rejectEyeCount: 0 })
    expect(bench.settled.get(1)?.confirmedMs).toBe(0)
    expect(faultsOf(bench)).toEqual([])
    bench.plc({}, { rejectEyeCount: 65_000 })
    expect(faultsOf(bench)).toEqual(['trigger/outOfStep'])
  })

  it('does not look where nobody confirms', () => {
    const bench = ready()
    bench.part(1, 'reject')
    expect(bench.settled.get(1)).toEqual({ publishedMs: 0, acknowledgedMs: 0, fault: null })
    bench.plc({}, { rejectEyeCount: 4, exitEyeCount: 9 })
    expect(bench.heard.filter((input) => input.kind !== 'triggered' && input.kind !== 'commanded')).toEqual([])
  })

  it('remembers no more parts than it must', () => {
    const bench = ready(watched)
    for (let id = 1; id <= 500; id++) bench.part(id, 'pass')
    expect(bench.state.parts.length).toBeLessThanOrEqual(128)
    expect(bench.unanswered).toBe(0)
  })
})

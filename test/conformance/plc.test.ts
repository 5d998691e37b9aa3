import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { fault } from '../../src-main/domain/fault.ts'
import type { LineInput, TrackedPart, TrafficEntry } from '../../src-main/domain/lineSignals.ts'
import type { OutputLine, OutputWiring } from '../../src-main/domain/recipe.ts'
import { modbusBench, modbusLaneBench, modbusRtuBench, simulatedBench, simulatedLaneBench, type PlcBench } from '../support/plcBench.ts'
import { outputOrder } from '../support/outputOrder.ts'
import { orderFor, someLine, somePart, someStatus } from '../support/someLine.ts'

const reject: OutputLine = { coil: 3, delayMs: 30, pulseMs: 40 }
const hold: OutputLine = { coil: 5, delayMs: 10, pulseMs: 60 }
const wiring: OutputWiring = { reject, hold }
/** How late a busy computer may be; `test/unit/plc` proves the times to the millisecond. */
const toleranceMs = 250

const clock = systemClock()

describe.each([
  ['simulated', simulatedBench],
  ['Modbus TCP against pymodbus', modbusBench],
  ['Modbus RTU against pymodbus on a serial line', modbusRtuBench],
  ['simulated, in the outputs process', simulatedLaneBench],
  ['Modbus TCP against pymodbus, in the outputs process', modbusLaneBench],
])('PLC twin: %s', (_, openBench) => {
  let bench: PlcBench
  const writesOf = (coil: number) => bench.writes().filter((write) => write.coil === coil)
  /** A peer in another process tells of its writes in order: once it has answered, every write before has been told. */
  const allTold = (): Promise<boolean> => bench.coil(3)
  /** What came after the coils were made safe at opening. */
  const pulsesOf = (coil: number) => writesOf(coil).slice(1)
  const healthBecomes = async (status: string, withinMs: number): Promise<void> => {
    const untilMs = performance.now() + withinMs
    while (bench.plc.health().status !== status && performance.now() < untilMs) await wait(5)
    expect(bench.plc.health().status).toBe(status)
  }

  beforeEach(async () => { bench = await openBench() })
  afterEach(async () => { await bench.close() })

  it('answers plc/unreachable before it is opened', async () => {
    expect(bench.plc.health().status).toBe('waiting')
    const receipt = await bench.plc.drive(outputOrder('reject', reject))
    expect(receipt).toMatchObject({ onMs: null, offMs: null, readBack: 'unknown', fault: { code: 'plc/unreachable' } })
  })

  it('writes every wired coil off when it is opened, and again when it is opened again', async () => {
    expect(await bench.plc.open({ outputs: wiring })).toEqual({ ok: true, value: undefined })
    expect(bench.plc.health().status).toBe('ok')
    await bench.plc.open({ outputs: wiring })
    await allTold()
    for (const coil of [3, 5]) expect(writesOf(coil).map((write) => write.isOn)).toEqual([false, false])
  })

  it('gives a pulse of the width asked for after the delay asked for', async () => {
    await bench.plc.open({ outputs: wiring })
    const receipt = await bench.plc.drive(outputOrder('reject', reject))
    expect(receipt).toMatchObject({ output: 'reject', coil: 3, delayMs: 30, pulseMs: 40, readBack: 'agrees', fault: null })
    await allTold()
    const [on, off, ...more] = pulsesOf(3)
    expect([on?.isOn, off?.isOn, more]).toEqual([true, false, []])
    const { askedMs, onMs, offMs } = receipt
    expect(onMs! - askedMs).toBeGreaterThan(29)
    expect(onMs! - askedMs).toBeLessThan(30 + toleranceMs)
    expect(offMs! - onMs!).toBeGreaterThan(39)
    expect(offMs! - onMs!).toBeLessThan(40 + toleranceMs)
    for (const [seenMs, saidMs] of [[on!.atMs, onMs!], [off!.atMs, offMs!]] as const) {
      expect(seenMs - saidMs).toBeGreaterThanOrEqual(0)
      expect(seenMs - saidMs).toBeLessThan(toleranceMs)
    }
  })

  it('tells the lamps of each change that was read back', async () => {
    const changes: string[] = []
    bench.plc.onCoil((coil, isOn) => { changes.push(`${coil} ${isOn ? 'on' : 'off'}`) })
    await bench.plc.open({ outputs: { reject } })
    await bench.plc.drive(outputOrder('reject', reject))
    expect(changes).toEqual(['3 off', '3 on', '3 off'])
  })

  it('keeps a coil on until the later of two overlapping pulses ends', async () => {
    await bench.plc.open({ outputs: wiring })
    const first = bench.plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 60 }))
    const second = bench.plc.drive(outputOrder('reject', { coil: 3, delayMs: 40, pulseMs: 60 }))
    const receipts = await Promise.all([first, second])
    for (const receipt of receipts) expect(receipt).toMatchObject({ readBack: 'agrees', fault: null })
    await allTold()
    expect(pulsesOf(3).map((write) => write.isOn)).toEqual([true, false])
    for (const { askedMs, offMs } of receipts) expect(offMs! - askedMs).toBeGreaterThan(99)
    expect(receipts[0].offMs).toBe(receipts[1].offMs)
  })

  it('gives pulses of several parts that are on their way at the same time', async () => {
    await bench.plc.open({ outputs: wiring })
    const parts = [0, 300, 600, 900].map((delayMs) => bench.plc.drive(outputOrder('reject', { coil: 3, delayMs, pulseMs: 10 })))
    const other = bench.plc.drive(outputOrder('hold', hold))
    for (const receipt of await Promise.all([...parts, other])) expect(receipt).toMatchObject({ readBack: 'agrees', fault: null })
    await allTold()
    expect(pulsesOf(3).map((write) => write.isOn)).toEqual([true, false, true, false, true, false, true, false])
    expect(pulsesOf(5).map((write) => write.isOn)).toEqual([true, false])
  })

  it.each(['stuckOutput', 'lyingReadBack'] as const)('reports read-back that disagrees (%s), and is well again afterwards', async (trouble) => {
    await bench.plc.open({ outputs: wiring })
    await bench.misbehave(trouble)
    const receipt = await bench.plc.drive(outputOrder('reject', reject))
    expect(receipt).toMatchObject({ readBack: 'disagrees', fault: { code: 'plc/noReadback' } })
    await bench.misbehave()
    expect(await bench.plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'agrees', fault: null })
    expect(bench.plc.health().status).toBe('ok')
  })

  it('refuses to open when an output is stuck on', async () => {
    await bench.misbehave('lyingReadBack')
    expect(await bench.plc.open({ outputs: wiring })).toMatchObject({ ok: false, fault: { code: 'plc/noReadback' } })
    expect(bench.plc.health().status).toBe('failure')
  })

  it('reports a device that says no as plc/refused', async () => {
    await bench.plc.open({ outputs: wiring })
    await bench.misbehave('refuses')
    expect(await bench.plc.drive(outputOrder('reject', reject))).toMatchObject({ onMs: null, readBack: 'unknown', fault: { code: 'plc/refused' } })
  })

  it('reports silence as plc/timeout within a bounded time, and is back by itself when the device speaks again', async () => {
    await bench.plc.open({ outputs: wiring })
    await bench.misbehave('silent')
    const startMs = performance.now()
    expect(await bench.plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'unknown', fault: { code: 'plc/timeout' } })
    expect(performance.now() - startMs).toBeLessThan(2_000)
    expect(bench.plc.health().status).toBe('failure')
    await bench.misbehave()
    await healthBecomes('ok', 3_000)
    expect(await bench.coil(3)).toBe(false)
  })

  it('finds a device that fell silent while nothing was driven', async () => {
    await bench.plc.open({ outputs: wiring })
    await bench.misbehave('silent')
    await healthBecomes('failure', 3_000)
  })

  it('gives whole pulses through a slow device', async () => {
    await bench.plc.open({ outputs: wiring })
    await bench.misbehave('slow')
    const receipt = await bench.plc.drive(outputOrder('reject', { ...reject, pulseMs: 150 }))
    expect(receipt).toMatchObject({ readBack: 'agrees', fault: null })
    expect(receipt.offMs! - receipt.onMs!).toBeGreaterThan(149)
    expect(receipt.offMs! - receipt.onMs!).toBeLessThan(150 + toleranceMs)
  })

  it('reports a link lost in the middle of a pulse, is back within 3 s, and leaves no coil on', async () => {
    await bench.plc.open({ outputs: wiring })
    const heard: string[] = []
    bench.plc.onHealth((health) => { heard.push(health.status) })
    const driven = bench.plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 1_000 }))
    await wait(100)
    await bench.cutLink()
    const receipt = await driven
    expect(receipt).toMatchObject({ offMs: null, fault: { code: 'plc/unreachable' } })
    expect(receipt.onMs).not.toBeNull()
    await healthBecomes('failure', 1_000)
    const startMs = performance.now()
    expect((await bench.plc.drive(outputOrder('reject', reject))).fault?.code).toBe('plc/unreachable')
    expect(performance.now() - startMs).toBeLessThan(toleranceMs)

    await bench.restoreLink(3)
    await healthBecomes('ok', 3_000)
    expect(await bench.coil(3)).toBe(false)
    expect([...new Set(heard)]).toEqual(['failure', 'ok'])
    expect(await bench.plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it('makes safe: ends pulses, cancels those to come, and stays usable', async () => {
    await bench.plc.open({ outputs: wiring })
    const running = bench.plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 1_000 }))
    const waiting = bench.plc.drive(outputOrder('hold', { coil: 5, delayMs: 900, pulseMs: 20 }))
    await wait(50)
    const startMs = performance.now()
    expect(await bench.plc.makeSafe()).toEqual({ ok: true, value: undefined })
    expect(performance.now() - startMs).toBeLessThan(500)
    expect(await bench.coil(3)).toBe(false)
    expect(await running).toMatchObject({ readBack: 'agrees', fault: { code: 'station/interrupted' } })
    expect(await waiting).toMatchObject({ onMs: null, fault: { code: 'station/interrupted' } })
    await wait(900)
    await allTold()
    expect(pulsesOf(5).some((write) => write.isOn)).toBe(false)
    expect(await bench.plc.drive(outputOrder('reject', reject))).toMatchObject({ fault: null })
  })

  it('leaves no coil on when it is closed, and answers plc/unreachable from then on', async () => {
    await bench.plc.open({ outputs: wiring })
    const running = bench.plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 1_000 }))
    await wait(50)
    await bench.plc.close()
    await running
    expect(await bench.coil(3)).toBe(false)
    expect((await bench.plc.drive(outputOrder('reject', reject))).fault).toEqual(fault('plc/unreachable', 'the PLC has been closed'))
  })

  describe('with inputs', () => {
    const eyes = { rejectConfirmed: 1, exitEye: 2 }
    const encoder = { register: 10, wordOrder: 'lowFirst', countsPerMm: 10 } as const
    let heard: LineInput[]
    const triggered = (): TrackedPart[] => heard.flatMap((input) => (input.kind === 'triggered' ? input.part : []))
    const until = async (isSo: () => boolean): Promise<void> => {
      const untilMs = performance.now() + 3_000
      while (!isSo() && performance.now() < untilMs) await wait(2)
      expect(isSo()).toBe(true)
    }
    /** Long enough for the slowest of them to see each level, and to be sure of it. */
    const pass = async (input: number, heldMs = 150): Promise<void> => {
      for (const value of [1, 0]) {
        await bench.setValue('discreteInput', input, value)
        await wait(heldMs)
      }
    }
    const lateReject: OutputLine = { coil: 3, delayMs: 500, pulseMs: 40, delayFrom: 'trigger' }

    beforeEach(async () => {
      heard = []
      bench.plc.onInput((input) => { heard.push(input) })
      await bench.setValue('inputRegister', 10, 500)
      await bench.setValue('inputRegister', 11, 2)
      await bench.plc.open({ outputs: { reject: lateReject }, line: someLine({ deadlineMs: 5_000, inputs: eyes, confirmWithinMs: 1_000, encoder, aliveCoil: 8 }) })
      await wait(100)
    })

    it('hears of every trigger once, in order, with its time and where the belt was', async () => {
      const beforeMs = clock.monotonicMs()
      for (let n = 1; n <= 3; n++) await pass(0)
      await until(() => triggered().length === 3)
      expect(triggered().map((part) => part.triggerNumber)).toEqual([1, 2, 3])
      for (const part of triggered()) {
        expect(part).toMatchObject({ partId: null, encoderCount: 2 * 0x1_0000 + 500 })
        expect(part.edgeMs).toBeGreaterThan(beforeMs - toleranceMs)
        expect(part.edgeMs).toBeLessThan(clock.monotonicMs())
      }
    })

    it('loses the link while it looks at them, and hears of triggers again when that is back', async () => {
      await bench.cutLink()
      await healthBecomes('failure', 1_000)
      await bench.restoreLink(3)
      await healthBecomes('ok', 3_000)
      expect(await bench.coil(3)).toBe(false)
      await pass(0)
      await until(() => triggered().length === 1)
    })

    it('rejects a part that nobody decides, at its ejector', async () => {
      bench.plc.tell(someStatus)
      await bench.setValue('discreteInput', 0, 1)
      await until(() => triggered().length === 1)
      await until(() => pulsesOf(3).length === 2)
      expect(pulsesOf(3)[0]!.atMs - triggered()[0]!.edgeMs).toBeGreaterThan(499)
      expect(pulsesOf(3)[0]!.atMs - triggered()[0]!.edgeMs).toBeLessThan(500 + toleranceMs)
    })

    it('lets a part go whose accept comes in time', async () => {
      bench.plc.tell(someStatus)
      await bench.setValue('discreteInput', 0, 1)
      await until(() => triggered().length === 1)
      const part = triggered()[0]!
      bench.plc.track(part)
      expect(await bench.plc.drive(orderFor(part, 'accept', null, clock.monotonicMs()))).toMatchObject({ readBack: 'notWired', fault: null })
      await wait(700)
      expect(pulsesOf(3)).toEqual([])
    })

    it('confirms a reject by the eye behind the ejector, and tells of one that nobody ordered', async () => {
      const driven = bench.plc.drive(orderFor(somePart(1, clock.monotonicMs()), 'reject', { ...lateReject, delayMs: 0 }, clock.monotonicMs()))
      await until(() => pulsesOf(3).length > 0)
      await pass(1)
      const { onMs, confirmedMs, fault: trouble } = await driven
      expect(trouble).toBeNull()
      expect(confirmedMs! - onMs!).toBeGreaterThanOrEqual(0)
      expect(confirmedMs! - onMs!).toBeLessThan(1_000)
      await pass(1)
      await until(() => heard.some((input) => input.kind === 'unexpectedRemoval'))
    })

    it('beats the alive coil while the station speaks, and lets it go when that falls silent', async () => {
      for (let turn = 0; turn < 5; turn++) {
        bench.plc.tell(someStatus)
        await wait(100)
      }
      expect(writesOf(8).filter((write) => write.isOn).length).toBeGreaterThan(1)
      await wait(700)
      expect(await bench.coil(8)).toBe(false)
    })

    it('shows what is wired, moves a coil by hand, and shows the traffic', async () => {
      const traffic: TrafficEntry[] = []
      bench.plc.onTraffic((entry) => { traffic.push(entry) })
      await bench.setValue('discreteInput', 2, 1)
      expect(await bench.plc.force(8, true)).toEqual({ ok: true, value: undefined })
      const rows = await bench.plc.registers()
      expect(rows.ok && rows.value.map(({ space, address, name, value }) => [space, address, name, value])).toEqual([
        ['coil', 3, 'reject', 0], ['coil', 8, 'alive', 1],
        ['discreteInput', 0, 'trigger', 0], ['discreteInput', 1, 'rejectConfirmed', 0], ['discreteInput', 2, 'exitEye', 1],
        ['inputRegister', 10, 'encoderLow', 500], ['inputRegister', 11, 'encoderHigh', 2],
      ])
      await until(() => traffic.some(({ direction, summary }) => direction === 'received' && summary === 'FC04 input registers 10–11 = 500 2'))
      const written = traffic.filter(({ summary }) => summary === 'FC05 coil 8 on')
      expect(written.map(({ direction, trouble }) => [direction, trouble])).toEqual([['sent', null], ['received', null]])
      if (!bench.plc.isSimulated) for (const { bytes } of written) expect(bytes).toBe('01050008ff00')
    })
  })
})

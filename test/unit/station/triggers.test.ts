import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import type { PartId } from '../../../src-main/domain/ids.ts'
import type { LineCounters } from '../../../src-main/domain/lineSignals.ts'
import { benchLine, stationBench } from '../../support/stationBench.ts'

const reconcile = ({ triggers, passes, rejects, noDecisions }: LineCounters): void => { expect(passes + rejects + noDecisions).toBe(triggers) }

describe('a part that the line triggers', () => {
  it('is asked of a camera in software mode, tracked, judged, recorded, told, and its chain is one row', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    expect(bench.seen.cameraSettings).toEqual([{ triggerMode: 'software' }])
    bench.trigger(7, { encoderCount: 1_234 })
    await bench.clock.advance(100)
    expect(bench.seen.tracked).toMatchObject([{ triggerNumber: 7 }])
    expect(bench.seen.orders).toMatchObject([{ output: 'accept', outcome: 'pass', part: { triggerNumber: 7, encoderCount: 1_234 } }])
    expect([...bench.seen.stored.values()]).toMatchObject([{ partId: 'part-000001', sequence: 1, outcome: 'pass', line: { triggerNumber: 7, encoderCount: 1_234, isChallenge: false }, receipt: { readBack: 'agrees' } }])
    expect(bench.station.tally.counters).toMatchObject({ triggers: 1, passes: 1 })
  })

  it('and comes while the one before is under way is an overrun: rejected, with a record and no picture', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.trigger(1)
    await bench.clock.advance(2)
    bench.trigger(2)
    await bench.clock.advance(100)
    expect(bench.seen.orders.map(({ output, outcome, part }) => [part!.triggerNumber, output, outcome]).sort()).toEqual([[1, 'accept', 'pass'], [2, 'reject', null]])
    expect([...bench.seen.stored.values()].find(({ line }) => line!.triggerNumber === 2)).toMatchObject({ fault: { code: 'trigger/overrun' }, frame: null, disposition: 'reject', receipt: { output: 'reject' } })
    expect(bench.station.tally.counters).toMatchObject({ triggers: 2, passes: 1, noDecisions: 1, overrun: 1 })
  })

  it('and comes while the station holds or stands in a fault is missed, rejected and recorded, and the station goes on', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.setPlcHealth({ status: 'failure', detail: 'the heartbeat stands still' })
    bench.trigger(1)
    await bench.clock.advance(50)
    bench.setPlcHealth({ status: 'ok', detail: '' })
    bench.trigger(2)
    await bench.clock.advance(50)
    bench.station.reportBug(new Error('boom'))
    bench.trigger(3)
    await bench.clock.advance(50)
    expect([...bench.seen.stored.values()].map((one) => one.fault?.code ?? one.outcome)).toEqual(['trigger/missed', 'pass', 'trigger/missed'])
    bench.station.clearFault()
    await bench.clock.advance(50)
    expect(bench.station.state.name).toBe('ready')
    expect(bench.station.tally.counters).toMatchObject({ triggers: 3, missed: 2 })
  })

  it.each([[3, {}], [1, {}], [2, { partId: 'A' as PartId }]])('after number 1 and part A, number %i %o is out of step: rejected, and the station latches until somebody clears it', async (number, part) => {
    const bench = stationBench({ ...benchLine, partIds: { kind: 'plc' } })
    await bench.run()
    bench.trigger(1, { partId: 'A' as PartId })
    await bench.clock.advance(100)
    bench.trigger(number, { partId: 'B' as PartId, ...part })
    await bench.clock.advance(100)
    expect(bench.station.state).toMatchObject({ name: 'fault', fault: { code: 'trigger/outOfStep' } })
    expect(bench.seen.orders.map(({ output }) => output)).toEqual(['accept', 'reject'])
    bench.trigger(number + 1, { partId: 'C' as PartId })
    await bench.clock.advance(100)
    expect([...bench.seen.stored.values()].map((one) => one.fault?.code)).toEqual([undefined, 'trigger/outOfStep', 'trigger/missed'])
    bench.station.clearFault()
    await bench.clock.advance(50)
    bench.trigger(number + 2, { partId: 'D' as PartId })
    await bench.clock.advance(100)
    expect(bench.seen.orders.at(-1)).toMatchObject({ output: 'accept' })
  })

  it('that is under way when the station latches is not accepted, and latches nothing again once that is cleared', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.world.recordMs = 50
    bench.trigger(1)
    await bench.clock.advance(30)
    bench.station.reportBug(new Error('boom'))
    bench.station.clearFault()
    await bench.clock.advance(200)
    expect([...bench.seen.stored.values()]).toMatchObject([{ outcome: 'pass', receipt: { output: 'reject', fault: { code: 'station/interrupted' } } }])
    expect(bench.station.state.name).toBe('ready')
  })

  it('latches when the line itself says that it is out of step', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.say({ kind: 'outOfStep', fault: fault('trigger/outOfStep', 'BOOT_ID changed') })
    expect(bench.station.state.name).toBe('fault')
  })

  it('without the code that names it gets a name from the count, is looked at, and not accepted', async () => {
    const bench = stationBench({ ...benchLine, partIds: { kind: 'barcode', path: '/dev/ttyS0', baud: 9_600, prefix: '', suffix: '\r' } })
    await bench.run()
    bench.trigger(1)
    await bench.clock.advance(100)
    bench.trigger(2, { partId: '4711' as PartId })
    await bench.clock.advance(100)
    expect([...bench.seen.stored.values()]).toMatchObject([{ partId: 'unnamed-000001', outcome: 'pass', disposition: 'reject', fault: { code: 'trigger/noPartId' } }, { partId: '4711', disposition: 'accept' }])
    expect(bench.seen.orders[0]).toMatchObject({ output: 'reject', outcome: null })
  })

  it('is not accepted by a picture that is older than its trigger', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.world.pictureAgeMs = 20
    bench.trigger(1)
    await bench.clock.advance(100)
    expect([...bench.seen.stored.values()]).toMatchObject([{ fault: { code: 'frame/stale' }, disposition: 'reject' }])
  })

  it('and that the camera takes no picture of is rejected at the deadline, and recorded when the camera has had its time', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.world.isBlind = true
    bench.trigger(1)
    await bench.clock.advance(101)
    expect(bench.seen.orders).toMatchObject([{ output: 'reject', outcome: null }])
    await bench.clock.advance(3_000)
    expect([...bench.seen.stored.values()]).toMatchObject([{ fault: { code: 'station/late' }, receipt: { output: 'reject' } }])
    expect(bench.seen.orders).toHaveLength(1)
  })
})

describe('the deadline', () => {
  it.each([['capture', 'captureMs'], ['record', 'recordMs']] as const)('passes while the %s takes too long: rejected then, the result is stored, and never told', async (_, what) => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.world[what] = 400
    bench.trigger(1)
    await bench.clock.advance(99)
    expect(bench.seen.orders).toEqual([])
    await bench.clock.advance(3)
    expect(bench.seen.orders).toMatchObject([{ output: 'reject', outcome: null }])
    await bench.clock.advance(1_000)
    expect(bench.seen.orders).toHaveLength(1)
    expect([...bench.seen.stored.values()]).toMatchObject([{ outcome: 'pass', receipt: { output: 'reject', fault: { code: 'station/late' } } }])
    expect(bench.station.tally.counters).toEqual({ triggers: 1, passes: 0, rejects: 0, noDecisions: 1, missed: 0, late: 1, overrun: 0 })
  })

  it('may pass on the way to the line: an accept that was not given is no pass, in counters that reconcile', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.world.takesTooLate = 'accept'
    bench.trigger(1)
    await bench.clock.advance(100)
    expect(bench.station.tally.counters).toEqual({ triggers: 1, passes: 0, rejects: 0, noDecisions: 1, missed: 0, late: 1, overrun: 0 })
  })

  it('is seen by the clock when the loop was held up past it', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    bench.trigger(1, { edgeMs: bench.clock.monotonicMs() - 150 })
    await bench.clock.advance(50)
    expect(bench.seen.orders.map(({ output }) => output)).toEqual(['reject'])
  })
})

describe('triggers that the station makes itself', () => {
  it('at an interval: as long as it is ready, and none while it holds', async () => {
    const bench = stationBench({ ...benchLine, trigger: { kind: 'interval', everyMs: 200 } })
    await bench.run()
    await bench.clock.advance(1_050)
    expect(bench.seen.stored.size).toBe(5)
    bench.setPlcHealth({ status: 'failure', detail: 'gone' })
    await bench.clock.advance(2_000)
    expect(bench.seen.stored.size).toBe(5)
  })

  it('by a person: one part for each press', async () => {
    const bench = stationBench({ ...benchLine, trigger: { kind: 'software' } })
    await bench.run()
    expect(bench.station.trigger().ok).toBe(true)
    await bench.clock.advance(100)
    expect([...bench.seen.stored.values()]).toMatchObject([{ line: { triggerNumber: 1 }, disposition: 'accept' }])
  })

  it('are refused where the line triggers', async () => {
    const bench = stationBench(benchLine)
    await bench.run()
    expect(bench.station.trigger()).toMatchObject({ ok: false, fault: { code: 'request/wrongMode' } })
  })
})

type Happening = (bench: ReturnType<typeof stationBench>, numbers: { next: number; heard: number }) => Promise<void> | void

const say = (bench: ReturnType<typeof stationBench>, numbers: { next: number; heard: number }, step: number): void => {
  numbers.next += step
  if (bench.trigger(numbers.next)) numbers.heard += 1
}

const happenings: Record<string, Happening> = {
  trigger: (bench, numbers) => { say(bench, numbers, 1) },
  gap: (bench, numbers) => { say(bench, numbers, 2) },
  repeat: (bench, numbers) => { say(bench, numbers, 0) },
  aMoment: ({ clock }) => clock.advance(7),
  aWhile: ({ clock }) => clock.advance(140),
  slowCamera: ({ world }) => { world.captureMs = 150 },
  quickCamera: ({ world }) => { world.captureMs = 5 },
  darkPart: ({ world }) => { world.level = 4 },
  badPart: ({ world }) => { world.level = 90 },
  goodPart: ({ world }) => { world.level = 30 },
  cameraFails: ({ world }) => { world.capture = fault('camera/timeout', 'scripted') },
  cameraWell: ({ world }) => { world.capture = null },
  slowDisk: ({ world }) => { world.recordMs = 130 },
  quickDisk: ({ world }) => { world.recordMs = 2 },
  plcGone: (bench) => { bench.setPlcHealth({ status: 'failure', detail: 'scripted' }) },
  plcBack: (bench) => { bench.setPlcHealth({ status: 'ok', detail: '' }) },
  acceptsRefused: ({ world }) => { world.takesTooLate = 'accept' },
  acceptsTaken: ({ world }) => { world.takesTooLate = null },
  pixelsDie: ({ world }) => { world.pixelsThrow = true },
  pixelsWell: ({ world }) => { world.pixelsThrow = false },
  stop: ({ station }) => { void station.stop() },
  run: ({ station }) => { station.run() },
  clear: ({ station }) => { station.clearFault() },
  outOfStep: (bench) => { bench.say({ kind: 'outOfStep', fault: fault('trigger/outOfStep', 'scripted') }) },
}
const often = ['trigger', 'trigger', 'trigger', 'trigger', 'aMoment', 'aWhile', 'run', 'clear', ...Object.keys(happenings)]

describe('whatever happens in whatever order', () => {
  it('every trigger that was heard is told to the line once and recorded once; an accept is a pass, durable, in time, and never told in a fault', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...often), { minLength: 5, maxLength: 40 }), async (names) => {
      const bench = stationBench(benchLine)
      const numbers = { next: 0, heard: 0 }
      await bench.run()
      for (const name of names) await happenings[name]!(bench, numbers)
      await bench.clock.advance(6_000)
      const stopped = bench.station.stop()
      await bench.clock.advance(6_000)
      await stopped

      const { seen, station } = bench
      expect(seen.orders).toHaveLength(numbers.heard)
      expect(seen.stored.size).toBe(numbers.heard)
      expect([...seen.stored.values()].filter(({ receipt }) => receipt === null)).toEqual([])
      expect(station.tally.counters.triggers).toBe(numbers.heard)
      reconcile(station.tally.counters)
      for (const { output, outcome, atMs, part, during } of seen.orders.filter((order) => order.output === 'accept')) {
        expect([output, outcome]).toEqual(['accept', 'pass'])
        expect(during).not.toBe('fault')
        expect(atMs - part!.edgeMs).toBeLessThanOrEqual(benchLine.deadlineMs)
        const record = [...seen.stored.values()].find(({ line, disposition }) => line!.triggerNumber === part!.triggerNumber && disposition === 'accept')
        expect(seen.durableAtMs.get(record!.resultId)).toBeLessThanOrEqual(atMs)
      }
    }), { numRuns: 500 })
  }, 120_000)
})

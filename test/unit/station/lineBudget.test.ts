import { describe, expect, it } from 'vitest'
import { decisionAllowanceMs, lineBudget, type LineTiming } from '../../../src-main/station/lineBudget.ts'
import { proveBudget, timingDocument } from '../../../src-main/station/budgetProof.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import type { Sha256 } from '../../../src-main/domain/ids.ts'
import type { BeltFacts, LineSettings } from '../../../src-main/domain/lineSettings.ts'
import { fail, succeed } from '../../../src-main/domain/result.ts'
import { benchLine, stationBench } from '../../support/stationBench.ts'

/** 0.5 m/s, 250 mm to the ejector, a part every 100 mm: 500 ms of travel, 200 ms from part to part. */
const belt: BeltFacts = { beltSpeedMmPerS: 500, cameraToEjectorMm: 250, partPitchMm: 100, ejectorReactionMs: 20 }
const timing: LineTiming = { source: 'parts', n: 1_000, fastestDecisionMs: 30, slowestDecisionMs: 80, timingErrorMs: 2 }
const reject = { coil: 0, delayMs: 375, pulseMs: 100 }
const encoder = { register: 0, wordOrder: 'highFirst', countsPerMm: 10 } as const

describe('lineBudget', () => {
  it('finds no number to change where the reject lies in its window, and proposes the middle', () => {
    expect(lineBudget(belt, timing, reject)).toMatchObject({ travelMs: 500, marginMs: 37, delayMs: { from: 352, to: 398 }, delayFrom: 'decision', proposal: { delayMs: 375, pulseMs: 100 }, changes: [] })
  })

  it.each([
    [{ ...reject, delayMs: 0 }, [{ fact: 'delayMs', bound: 'atLeast', value: 352 }]],
    [{ ...reject, delayMs: 420 }, [{ fact: 'delayMs', bound: 'atMost', value: 398 }]],
    [{ ...reject, pulseMs: 30 }, [{ fact: 'pulseMs', bound: 'atLeast', value: 79 }]],
    [{ ...reject, pulseMs: 300 }, [{ fact: 'pulseMs', bound: 'atMost', value: 121 }]],
  ])('names what is wrong with %o', (set, changes) => {
    expect(lineBudget(belt, timing, set).changes).toEqual(changes)
  })

  it('names the belt alone while no delay is legal', () => {
    expect(lineBudget({ ...belt, cameraToEjectorMm: 50 }, timing, reject)).toMatchObject({ marginMs: -2, delayMs: null, pulseMs: null, proposal: null, changes: [{ fact: 'cameraToEjectorMm', bound: 'atLeast', value: 51 }] })
  })

  it('counted from the trigger, slow decisions narrow the window from below only', () => {
    const line = { ...reject, delayFrom: 'trigger', delayMs: 430 } as const
    expect(lineBudget(belt, timing, line)).toMatchObject({ delayFrom: 'trigger', delayMs: { from: 382, to: 478 }, changes: [] })
    expect(lineBudget(belt, { ...timing, slowestDecisionMs: 440 }, line)).toMatchObject({ delayMs: { from: 440, to: 478 }, changes: [{ fact: 'delayMs', bound: 'atLeast', value: 440 }] })
    expect(lineBudget(belt, { ...timing, slowestDecisionMs: 500 }, line)).toMatchObject({ marginMs: -22, delayMs: null, changes: [{ fact: 'cameraToEjectorMm', bound: 'atLeast', value: 261 }] })
  })

  it('reads encoder counts at the speed of the belt', () => {
    expect(lineBudget(belt, timing, { ...reject, counts: { delay: 2_150, pulse: 400 } }, encoder)).toMatchObject({ delayFrom: 'trigger', set: { delayMs: 430, pulseMs: 80 }, changes: [] })
  })
})

describe('decisionAllowanceMs', () => {
  it('is the deadline, or when the pulse must begin where that is sooner', () => {
    expect(decisionAllowanceMs({ deadlineMs: 400 }, reject)).toBe(400)
    expect(decisionAllowanceMs({ deadlineMs: 400, belt }, reject)).toBe(105)
    expect(decisionAllowanceMs({ deadlineMs: 400, belt }, { ...reject, delayFrom: 'trigger' })).toBe(375)
    expect(decisionAllowanceMs({ deadlineMs: 60, belt }, reject)).toBe(60)
  })
})

describe('proveBudget', () => {
  const hash = 'f'.repeat(64) as Sha256
  const line: LineSettings = { trigger: { kind: 'camera' }, partIds: { kind: 'counter', prefix: '' }, deadlineMs: 400, stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 }, belt }
  const evidenceWith = (kept: LineTiming | null) => ({
    loadDocument: (name: string) => Promise.resolve(kept && name === timingDocument(hash) ? succeed<unknown>(kept) : fail(fault('request/notFound', name))),
  })

  it('has nothing to prove without belt facts', async () => {
    expect((await proveBudget({ recipe: { outputs: { reject } }, hash }, evidenceWith(null))).ok).toBe(true)
  })

  it('lets a line run that fits what was measured, and refuses it when it no longer does, with the number', async () => {
    const active = { recipe: { outputs: { reject }, line }, hash }
    expect((await proveBudget(active, evidenceWith(timing))).ok).toBe(true)
    expect(await proveBudget(active, evidenceWith({ ...timing, slowestDecisionMs: 110 }))).toMatchObject({ ok: false, fault: { code: 'line/noTimeBudget', detail: 'delayMs is 375.0 and must be at most 368.0', measured: 375, limit: 368 } })
  })

  it('refuses before anything was measured what even an instant decision could not do', async () => {
    const tooClose = { ...line, belt: { ...belt, cameraToEjectorMm: 5 } }
    expect(await proveBudget({ recipe: { outputs: { reject }, line: tooClose }, hash }, evidenceWith(null))).toMatchObject({ ok: false, fault: { code: 'line/noTimeBudget', detail: 'cameraToEjectorMm is 5.0 and must be at least 10.0' } })
  })
})

describe('a station', () => {
  it('does not run a line whose ejector cannot hit, and says which number to change', async () => {
    const bench = stationBench({ ...benchLine, belt: { ...belt, cameraToEjectorMm: 5 } })
    await bench.run()
    expect(bench.station.state).toMatchObject({ name: 'fault', fault: { code: 'line/noTimeBudget', detail: expect.stringContaining('cameraToEjectorMm is 5.0 and must be at least') as string } })
  })

  it('runs one whose reject lies in its window', async () => {
    const bench = stationBench({ ...benchLine, belt }, {}, { outputs: { reject: { ...reject, delayMs: 400 } } })
    await bench.run()
    expect(bench.station.state.name).toBe('ready')
  })
})

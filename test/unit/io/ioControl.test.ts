import { afterEach, describe, expect, it } from 'vitest'
import { simulatedPlc, type SimulatedPlcPort } from '../../../src-main/adapters/plc/simulatedPlc.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import type { LineSettings } from '../../../src-main/domain/lineSettings.ts'
import type { OutputLine } from '../../../src-main/domain/recipe.ts'
import { fail, succeed, type Result } from '../../../src-main/domain/result.ts'
import type { StationMode } from '../../../src-main/domain/station.ts'
import { IoControl } from '../../../src-main/service/io/ioControl.ts'
import { streamViews } from '../../../src-main/service/viewStream.ts'
import { emptyDraft, type LineTest } from '../../../src-main/station/commissioning/draft.ts'
import type { ActiveRecipe, Devices } from '../../../src-main/station/prepareLine.ts'
import type { IoView } from '../../../src-preload/contract/io.ts'
import { fakeClock } from '../../support/fakeClock.ts'

const reject: OutputLine = { coil: 3, delayMs: 0, pulseMs: 50 }
const byInput: LineSettings = { trigger: { kind: 'input', input: 7, edge: 'rising', debounceMs: 0 }, partIds: { kind: 'counter', prefix: '' }, deadlineMs: 500, stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 } }
const leaving = new Set<AbortController>()
afterEach(() => { for (const screen of leaving) screen.abort() })

/** A station around one simulated PLC, in virtual time; `view` is what the newest screen shows. */
function scene(mode: StationMode = 'commissioning', line?: LineSettings) {
  const clock = fakeClock()
  const ports: SimulatedPlcPort[] = []
  const tests: LineTest[] = []
  const situation = { mode, view: undefined as IoView | undefined }
  const recipe = { outputs: { reject }, ...(line && { line }) } as ActiveRecipe['recipe']
  const io = new IoControl({
    clock, mode: () => situation.mode, draft: () => emptyDraft, active: () => ({ recipe, hash: 'a'.repeat(64) as never, plcTarget: 'simulated' }),
    evidence: { loadDocument: () => Promise.resolve(fail(fault('request/notFound', ''))), saveDocument: () => Promise.resolve(succeed(undefined)) },
    keepLineTest: (test) => { tests.push(test); return Promise.resolve(succeed(null)) },
  })
  const devices: Devices = io.tap({
    openCamera: () => Promise.reject(new Error('no camera here')),
    openPlc() {
      const plc = simulatedPlc(clock)
      ports.push(plc)
      return Promise.resolve(succeed(plc))
    },
  })
  const openByOwner = async () => {
    const plc = await devices.openPlc('simulated')
    if (!plc.ok) throw new Error(plc.fault.detail)
    await plc.value.open({ outputs: { reject }, ...(line && { line }) })
    return plc.value
  }
  const show = async () => {
    const leave = new AbortController()
    leaving.add(leave)
    const screen = {}
    const gone = (async () => { for await (const view of io.watch(screen, (views) => streamViews(views, leave.signal, clock.sleep))) situation.view = view })()
    await clock.advance(10)
    return { screen, leave: async () => { leave.abort(); await clock.settle(); await gone } }
  }
  return { clock, io, ports, tests, situation, openByOwner, show, isOn: () => ports.at(-1)!.isOn(3), view: () => situation.view! }
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)

describe('a coil moved by hand', () => {
  it('needs a screen that is armed, and only that one', async () => {
    const { io, openByOwner, show, isOn } = scene()
    await openByOwner()
    const [mine, other] = [await show(), await show()]
    expect(codeOf(await io.switchCoil(mine.screen, 3, true))).toBe('request/wrongMode')
    expect(codeOf(io.arm({}))).toBe('request/wrongMode')
    expect(codeOf(io.arm(mine.screen))).toBe('ok')
    expect(codeOf(io.arm(other.screen))).toBe('request/wrongMode')
    expect(codeOf(await io.switchCoil(other.screen, 3, true))).toBe('request/wrongMode')
    expect(codeOf(await io.switchCoil(mine.screen, 3, true))).toBe('ok')
    expect(isOn()).toBe(true)
  })

  it('goes off by itself after a minute, counted down on the screen', async () => {
    const { io, clock, openByOwner, show, isOn, view } = scene()
    await openByOwner()
    const { screen } = await show()
    io.arm(screen)
    await io.switchCoil(screen, 3, true)
    await clock.advance(30_000)
    expect(view().forced).toEqual([{ coil: 3, leftMs: expect.closeTo(30_000, -3) as number }])
    expect(view().armed).toMatchObject({ byThisScreen: true })
    expect(view().registers).toContainEqual(expect.objectContaining({ space: 'coil', address: 3, value: 1 }))
    await clock.advance(31_000)
    expect(isOn()).toBe(false)
    expect(view()).toMatchObject({ armed: null, forced: [] })
  })

  it('goes off with the screen that switched it, and stays on when another one leaves', async () => {
    const { io, openByOwner, show, isOn } = scene()
    await openByOwner()
    const [mine, other] = [await show(), await show()]
    io.arm(mine.screen)
    await io.switchCoil(mine.screen, 3, true)
    await other.leave()
    expect(isOn()).toBe(true)
    await mine.leave()
    expect(isOn()).toBe(false)
  })

  it('is refused while the station runs, and off before the station opens its PLC', async () => {
    const { io, clock, situation, openByOwner, show, ports, view } = scene('stopped')
    const { screen } = await show()
    await clock.advance(500)
    expect(view().plc).toMatchObject({ target: 'simulated' })
    io.arm(screen)
    await io.switchCoil(screen, 3, true)
    expect(ports[0]!.isOn(3)).toBe(true)
    situation.mode = 'running'
    await openByOwner()
    expect(ports).toHaveLength(2)
    expect(ports[0]!.isOn(3)).toBe(false)
    expect(ports[0]!.health().status).toBe('waiting')
    io.arm(screen)
    expect(codeOf(await io.switchCoil(screen, 3, true))).toBe('request/wrongMode')
  })
})

it('is off when a station begins to run on the link that it kept', async () => {
  const { io, clock, situation, openByOwner, show, isOn } = scene('stopped')
  const kept = await openByOwner()
  const { screen } = await show()
  io.arm(screen)
  await io.switchCoil(screen, 3, true)
  expect(isOn()).toBe(true)
  situation.mode = 'running'
  await kept.open({ outputs: { reject } })
  await clock.settle()
  expect(isOn()).toBe(false)
  expect(codeOf(await io.switchCoil(screen, 3, true))).toBe('request/wrongMode')
})

it("opens a stopped station's PLC while somebody looks, and lets it go with the last screen", async () => {
  const { clock, show, ports } = scene('stopped')
  const { leave } = await show()
  await clock.advance(300)
  expect(ports[0]!.health().status).toBe('ok')
  await leave()
  expect(ports[0]!.health().status).toBe('waiting')
})

describe('twenty loops', () => {
  it('of a line that does not trigger are pulses of the reject, and the draft keeps what was found', async () => {
    const { io, clock, openByOwner, show, tests, view } = scene()
    await openByOwner()
    const { screen } = await show()
    io.arm(screen)
    const running = io.runLoops(screen)
    await clock.advance(5_000)
    expect(codeOf(await running)).toBe('ok')
    await clock.advance(200)
    expect(view().loops).toMatchObject({ kind: 'pulse', done: 20, trouble: null, allowedMs: null })
    expect(tests).toMatchObject([{ wanted: 20, done: 20, passed: true }])
    expect(view().parts).toHaveLength(20)
    expect(view().decisionMs).toBeNull()
  })

  it('wait for the triggers of the line, and end where none comes', async () => {
    const { io, clock, openByOwner, show, ports, view } = scene('commissioning', byInput)
    await openByOwner()
    const { screen } = await show()
    io.arm(screen)
    const running = io.runLoops(screen)
    for (let part = 0; part < 5; part++) {
      await clock.advance(200)
      ports[0]!.setValue('discreteInput', 7, 1)
      await clock.advance(100)
      ports[0]!.setValue('discreteInput', 7, 0)
    }
    await clock.advance(11_000)
    await running
    await clock.advance(200)
    expect(view().loops).toMatchObject({ kind: 'triggerToPulse', done: 5, trouble: 'noTrigger', allowedMs: 500 })
  })

  it('end with the screen that asked for them', async () => {
    const { io, clock, openByOwner, show } = scene()
    await openByOwner()
    const { screen, leave } = await show()
    io.arm(screen)
    const running = io.runLoops(screen)
    await clock.advance(200)
    void leave()
    await clock.advance(500)
    expect(codeOf(await running)).toBe('ok')
  })
})

describe('the pulled link', () => {
  it('of a simulated PLC pulls itself: the loss is seen, the reject reads off afterwards, and the link is back within 3 s', async () => {
    const { io, clock, openByOwner, show, view } = scene()
    await openByOwner()
    const { screen } = await show()
    io.arm(screen)
    const testing = io.testLink(screen)
    await clock.advance(6_000)
    await testing
    await clock.advance(200)
    const { link } = view()
    expect(link).toMatchObject({ outputsOff: true, trouble: null })
    expect(link!.backMs).toBeLessThanOrEqual(3_000)
  })
})

it('shows parts on the time axis from what crosses the port alone', async () => {
  const { clock, openByOwner, show, view } = scene('running')
  const plc = await openByOwner()
  await show()
  const part = { partId: null, triggerNumber: 1, edgeMs: clock.monotonicMs(), encoderCount: null, isChallenge: false }
  plc.track(part)
  await clock.advance(40)
  void plc.drive({ output: 'reject', line: { ...reject, delayMs: 100 }, part, askedMs: clock.monotonicMs(), outcome: 'fail', defectClass: 1, processMs: 30 })
  await clock.advance(400)
  expect(view().parts[0]).toMatchObject({ hasTrigger: true, outcome: 'fail', decidedMs: 40, planned: { onMs: 140, offMs: 190 }, onMs: 140, offMs: 190 })
  expect(view()).toMatchObject({ decisionMs: { n: 1, p50: 40 }, timing: { source: 'parts', n: 1, slowestDecisionMs: 40, timingErrorMs: 0 } })
})

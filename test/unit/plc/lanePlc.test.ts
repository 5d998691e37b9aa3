import { beforeEach, describe, expect, it } from 'vitest'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import { lanePlc } from '../../../src-main/adapters/plc/lanePlc.ts'
import type { OutputsLife } from '../../../src-main/adapters/plc/outputsLife.ts'
import { outputsMethods, silentAfterMs, type OutputsMethods, type OutputsNote } from '../../../src-main/adapters/plc/outputsMethods.ts'
import type { LineInput, TrackedPart } from '../../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { outputOrder } from '../../support/outputOrder.ts'
import { orderFor, somePart } from '../../support/someLine.ts'

const reject = { coil: 3, delayMs: 50, pulseMs: 30 }
let clock: FakeClock

beforeEach(() => { clock = fakeClock() })

describe('inside the outputs process', () => {
  let link: ScriptedLink
  let methods: OutputsMethods

  beforeEach(async () => {
    link = scriptedLink(clock)
    methods = outputsMethods(coilPlc(link, clock, { random: () => 0 }), clock, Promise.resolve('timed by the test'))
    await methods.open({ outputs: { reject } })
    link.log.length = 0
  })
  const beatFor = async (ms: number): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += 50) {
      await methods.beat(null)
      await clock.advance(50)
    }
  }

  it('counts the delay from when the main loop asked, and says so in the receipt', async () => {
    const askedMs = clock.monotonicMs()
    await clock.advance(20)
    const driven = methods.drive(outputOrder('reject', reject, askedMs))
    await clock.advance(100)
    expect(await driven).toMatchObject({ ...reject, askedMs, onMs: askedMs + 50, offMs: askedMs + 80, fault: null })
  })

  it('does not give a pulse that was asked for long ago: the main loop was held up in between', async () => {
    const askedMs = clock.monotonicMs()
    await clock.advance(400)
    const driven = methods.drive(outputOrder('reject', reject, askedMs))
    await clock.advance(100)
    expect(await driven).toMatchObject({ onMs: null, fault: { code: 'plc/timeout' } })
  })

  it('leaves a pulse alone while the main loop beats, and ends it once that is silent', async () => {
    const driven = methods.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 5_000 }, clock.monotonicMs()))
    await beatFor(1_000)
    expect(link.coils.get(3)).toBe(true)
    await clock.advance(silentAfterMs - 51)
    expect(link.coils.get(3)).toBe(true)
    await clock.advance(2)
    expect(link.coils.get(3)).toBe(false)
    expect(await driven).toMatchObject({ readBack: 'agrees', fault: { code: 'station/interrupted' } })
  })

  it('is in failure while the main loop is silent, and well when it beats again', async () => {
    const heard: string[] = []
    void methods.watch(null, { signal: new AbortController().signal, notify: (note) => { if ('health' in (note as object)) heard.push((note as { health: { status: string } }).health.status) } })
    await clock.advance(silentAfterMs)
    await methods.beat(null)
    expect(heard).toEqual(['ok', 'failure', 'ok'])
  })
})

describe('beside the outputs process', () => {
  interface FakeLife extends OutputsLife { end(): void; say(note: OutputsNote): void; answers: boolean; readonly tracked: number[] }
  /** Those that were taken into use, in that order. */
  let lives: { readonly atMs: number; readonly life: FakeLife }[]
  let started: FakeLife[]
  let plc: PlcPort

  function newLife(): FakeLife {
    let die = (_why: string): void => undefined
    const ended = new Promise<string>((resolve) => { die = resolve })
    const pending = new Set<(error: Error) => void>()
    let say = (_note: OutputsNote): void => undefined
    const life = {
      say: (note: OutputsNote) => { say(note) },
      isOver: false,
      answers: true,
      tracked: [] as number[],
      ended,
      lane: {
        call: (method: string, argument: unknown, options?: { onNote?: (note: never) => void }) => new Promise((resolve, reject) => {
          pending.add(reject)
          if (method === 'watch') say = options?.onNote as typeof say
          if (method === 'watch') lives.push({ atMs: clock.monotonicMs(), life })
          if (method === 'track') life.tracked.push((argument as TrackedPart).triggerNumber)
          if (life.answers && method !== 'watch' && method !== 'drive') resolve({ ok: true, value: undefined } as never)
        }),
        fail: () => undefined,
      } as OutputsLife['lane'],
      kill: () => { life.end() },
      end() {
        life.isOver = true
        for (const reject of pending) reject(new Error('the outputs process ended (test)'))
        die('the outputs process ended (test)')
      },
    }
    started.push(life)
    return life
  }

  beforeEach(async () => {
    lives = []
    started = []
    plc = lanePlc({ start: newLife, isSimulated: true, clock, random: () => 0 })
    await plc.open({ outputs: { reject } })
  })

  it('starts another process at once when one dies that had lived, because a coil may be on', async () => {
    await clock.advance(60_000)
    const driven = plc.drive(outputOrder('reject', reject, clock.monotonicMs()))
    lives[0]!.life.end()
    expect(await driven).toMatchObject({ onMs: null, readBack: 'unknown', fault: { code: 'plc/unreachable' } })
    await clock.settle()
    expect(lives.map((one) => one.atMs)).toEqual([1_000, 61_000])
  })

  it('tells whoever begins to listen what the PLC has said of itself before, and nothing else of what went by', () => {
    const enabled = (isOn: boolean): LineInput => ({ kind: 'commanded', command: { name: 'enable', isOn } })
    const { life } = lives[0]!
    for (const input of [enabled(false), enabled(true), { kind: 'commanded', command: { name: 'clearFault' } }, { kind: 'unexpectedRemoval', atMs: 1 }] as const) life.say({ input })
    const heard: LineInput[] = []
    plc.onInput((input) => heard.push(input))
    expect(heard).toEqual([enabled(true)])
    life.say({ input: enabled(false) })
    expect(heard).toEqual([enabled(true), enabled(false)])
  })

  it('waits longer and longer for one that dies of being started', async () => {
    for (let deaths = 0; deaths < 5; deaths++) {
      lives.at(-1)!.life.end()
      await clock.advance(2_000)
    }
    expect(lives.slice(1).map((one) => (one.atMs - 1_000) % 2_000)).toEqual([0, 100, 200, 400, 800])
  })

  it('ends a process that no longer answers, and starts another', async () => {
    await clock.advance(1_000)
    lives[0]!.life.answers = false
    await clock.advance(650)
    expect(lives[0]!.life.isOver).toBe(true)
    expect(lives).toHaveLength(2)
  })

  it('tells the next process of the parts that are still without a decision', async () => {
    await clock.advance(60_000)
    for (const number of [1, 2, 3]) plc.track(somePart(number, clock.monotonicMs()))
    void plc.drive(orderFor(somePart(2, clock.monotonicMs()), 'accept', null, clock.monotonicMs()))
    lives[0]!.life.end()
    await clock.settle()
    expect(lives[1]!.life.tracked).toEqual([1, 3])
    await plc.makeSafe()
    lives[1]!.life.end()
    await clock.advance(200)
    expect(lives[2]!.life.tracked).toEqual([])
  })

  it('has another one standing by, which takes over and is followed by the next', async () => {
    await clock.advance(60_000)
    expect([started.length, lives.length]).toEqual([2, 1])
    started[0]!.end()
    await clock.settle()
    expect(lives.map((one) => one.life)).toEqual(started.slice(0, 2))
    expect(started).toHaveLength(3)
  })

  it('starts a new one where the one standing by has ended', async () => {
    await clock.advance(60_000)
    started[1]!.end()
    started[0]!.end()
    await clock.settle()
    expect(lives.map((one) => one.life)).toEqual([started[0], started[2]])
  })

  it('leaves none after it was closed', async () => {
    await plc.close()
    await clock.advance(10_000)
    expect(lives).toHaveLength(1)
    expect(started.every((life) => life.isOver)).toBe(true)
    expect(plc.health().status).toBe('waiting')
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import { forcedForMs } from '../../../src-main/adapters/plc/forcedCoils.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { outputOrder } from '../../support/outputOrder.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { someLine, someStatus } from '../../support/someLine.ts'

const reject = { coil: 3, delayMs: 0, pulseMs: 30 }

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort

beforeEach(async () => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  await plc.open({ outputs: { reject }, line: someLine({ trigger: { kind: 'camera' }, aliveCoil: 8 }) })
  link.log.length = 0
})

const writes = (coil: number): readonly string[] => link.log.filter((entry) => entry.includes(`write ${coil}`))

async function tellFor(ms: number, everyMs = 100): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += everyMs) {
    plc.tell(someStatus)
    await clock.advance(everyMs)
  }
}

describe('the alive coil', () => {
  it('is a square wave while the station speaks, and off within 0.5 s of its last word', async () => {
    await tellFor(500)
    expect(writes(8)).toEqual(['0 write 8 on', '100 write 8 off', '200 write 8 on', '300 write 8 off', '400 write 8 on'])
    await clock.advance(2_000)
    expect(writes(8).slice(5)).toEqual(['900 write 8 off'])
  })

  it('is not hurried by a station that speaks too often', async () => {
    await tellFor(500, 10)
    expect(writes(8)).toHaveLength(10)
  })

  it('is not switched on by a beat that stood aside while the outputs were made safe', async () => {
    void plc.drive(outputOrder('reject', { ...reject, delayMs: 1 }, clock.monotonicMs()))
    plc.tell(someStatus)
    await plc.makeSafe()
    await clock.advance(1_000)
    expect(link.coils.get(8)).toBe(false)
  })

  it('goes off when the outputs are made safe, and begins again when the station speaks', async () => {
    await tellFor(100)
    await plc.makeSafe()
    expect(link.coils.get(8)).toBe(false)
    await clock.advance(1_000)
    link.log.length = 0
    await tellFor(200)
    expect(writes(8)).toHaveLength(2)
  })
})

describe('a coil moved by hand', () => {
  it('goes off by itself when nobody asks for it any more', async () => {
    expect(await plc.force(3, true)).toEqual({ ok: true, value: undefined })
    await clock.advance(forcedForMs - 1)
    expect(link.coils.get(3)).toBe(true)
    await clock.advance(1)
    expect(link.coils.get(3)).toBe(false)
  })

  it('stays on as long as it is asked for, and goes off when told', async () => {
    for (let turn = 0; turn < 5; turn++) {
      await plc.force(3, true)
      await clock.advance(forcedForMs / 2)
      expect(link.coils.get(3)).toBe(true)
    }
    await plc.force(3, false)
    expect(link.coils.get(3)).toBe(false)
    link.log.length = 0
    await clock.advance(2 * forcedForMs)
    expect(writes(3)).toEqual([])
  })

  it('is off after the outputs were made safe, and nothing comes after that', async () => {
    await plc.force(3, true)
    await plc.makeSafe()
    expect(link.coils.get(3)).toBe(false)
    link.log.length = 0
    await clock.advance(2 * forcedForMs)
    expect(writes(3)).toEqual([])
  })

  it('is one that is wired', async () => {
    expect(await plc.force(4, true)).toMatchObject({ ok: false, fault: { code: 'request/invalid' } })
  })

  it('that did not do as told is reported', async () => {
    link.fates.push('refused')
    expect(await plc.force(3, true)).toMatchObject({ ok: false, fault: { code: 'plc/refused' } })
  })
})

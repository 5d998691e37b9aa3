import { beforeEach, describe, expect, it } from 'vitest'
import { coilPlc, heartbeatMs } from '../../../src-main/adapters/plc/coilPlc.ts'
import { reconnectWaitMs } from '../../../src-main/adapters/plc/keptLink.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import type { Result } from '../../../src-main/domain/result.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { outputOrder } from '../../support/outputOrder.ts'

const reject = { coil: 3, delayMs: 50, pulseMs: 30 }
const hold = { coil: 5, delayMs: 50, pulseMs: 30 }
const wiring = { reject, hold }

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort
let heard: string[]

beforeEach(() => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  heard = []
  plc.onHealth(({ status, detail }) => { heard.push(`${status}: ${detail}`) })
})

const unplug = (): void => {
  link.reachable = false
  link.drop(fault('plc/unreachable', 'unplugged'))
}
const connects = (): string[] => link.log.filter((entry) => entry.endsWith('connect'))

describe('the connection', () => {
  it('is tried again with growing waits, and made safe before anything else', async () => {
    await plc.open({ outputs: wiring })
    unplug()
    link.log.length = 0
    await clock.advance(6_000)
    expect(connects()).toEqual(['100 connect', '300 connect', '700 connect', '1500 connect', '3000 connect', '4500 connect', '6000 connect'])
    link.reachable = true
    link.coils.set(3, true)
    link.log.length = 0
    await clock.advance(1_500)
    expect(link.log).toEqual(['7500 connect', '7500 write 3 off', '7500 read 3', '7500 write 5 off', '7500 read 5'])
    expect(heard).toEqual(['ok: scripted', 'failure: plc/unreachable: unplugged', 'failure: plc/unreachable: nobody there', 'ok: scripted'])
  })

  it('is tried again by itself when the PLC was not there at first', async () => {
    link.reachable = false
    expect(await plc.open({ outputs: wiring })).toMatchObject({ ok: false, fault: { code: 'plc/unreachable' } })
    expect(plc.health().status).toBe('failure')
    link.reachable = true
    await clock.advance(100)
    expect(plc.health().status).toBe('ok')
    link.log.length = 0
    await clock.advance(900)
    expect(connects()).toEqual([])
  })

  it('opened by hand is not opened a second time by the attempt that was due', async () => {
    await plc.open({ outputs: wiring })
    unplug()
    link.reachable = true
    await plc.open({ outputs: wiring })
    link.log.length = 0
    await clock.advance(900)
    expect(link.log).toEqual([])
  })

  it('that went and came back before its time gives a pulse that was waiting', async () => {
    await plc.open({ outputs: wiring })
    const waiting = plc.drive(outputOrder('reject', { ...reject, delayMs: 500 }, clock.monotonicMs()))
    link.drop(fault('plc/unreachable', 'a moment'))
    await clock.advance(600)
    expect(await waiting).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it('leaves nothing running once closed', async () => {
    await plc.open({ outputs: wiring })
    await plc.close()
    link.log.length = 0
    await clock.advance(10_000)
    expect(link.log).toEqual([])
    expect(plc.health().status).toBe('waiting')
  })

  it('is given up when it was closed while being tried again', async () => {
    link.reachable = false
    await plc.open({ outputs: wiring })
    const closing = plc.close()
    link.reachable = true
    await clock.advance(5_000)
    await closing
    expect(link.isConnected).toBe(false)
  })

  it('is looked after when it is opened again right after it was closed', async () => {
    await plc.open({ outputs: wiring })
    unplug()
    await plc.close()
    await plc.open({ outputs: wiring })
    link.reachable = true
    await clock.advance(200)
    expect(plc.health().status).toBe('ok')
  })

  it('can be opened again after it was closed', async () => {
    await plc.open({ outputs: wiring })
    await plc.close()
    expect(await plc.open({ outputs: wiring })).toEqual({ ok: true, value: undefined })
    expect(plc.health().status).toBe('ok')
  })
})

describe('the heartbeat', () => {
  it('looks at every coil in turn', async () => {
    await plc.open({ outputs: wiring })
    link.log.length = 0
    await clock.advance(2 * heartbeatMs)
    expect(link.log).toEqual([`${heartbeatMs} read 3`, `${2 * heartbeatMs} read 5`])
  })

  it('finds a coil that somebody else moved, and sees it come right again', async () => {
    const lamps: [number, boolean][] = []
    plc.onCoil((coil, isOn) => { lamps.push([coil, isOn]) })
    await plc.open({ outputs: wiring })
    link.coils.set(5, true)
    await clock.advance(2 * heartbeatMs)
    expect(plc.health()).toEqual({ status: 'failure', detail: 'plc/noReadback: coil 5 was written off and reads on' })
    link.coils.set(5, false)
    await clock.advance(2 * heartbeatMs)
    expect(plc.health().status).toBe('ok')
    expect(lamps).toEqual([[3, false], [5, false], [5, true], [5, false]])
  })
})

it('forgets the trouble of a coil that is wired no more', async () => {
  await plc.open({ outputs: wiring })
  link.fates.push('refused')
  await plc.drive(outputOrder('reject', { ...reject, delayMs: 0, pulseMs: 5 }, clock.monotonicMs()))
  await clock.advance(0)
  link.fates.push('refused', 'refused')
  expect(await plc.open({ outputs: { reject } })).toMatchObject({ ok: false, fault: { code: 'plc/refused' } })
  expect(plc.health().status).toBe('failure')
  await plc.open({ outputs: { reject: hold } })
  expect(plc.health().status).toBe('ok')
})

it('waits between 0.05 s and 1.5 s, never longer than the last', () => {
  for (let attempt = 0; attempt < 40; attempt++)
    for (const random of [0, 0.5, 1]) {
      expect(reconnectWaitMs(attempt, random)).toBeGreaterThanOrEqual(50)
      expect(reconnectWaitMs(attempt, random)).toBeLessThanOrEqual(1_500)
    }
})

it('makes safe only what can be reached, and says so', async () => {
  await plc.open({ outputs: wiring })
  unplug()
  const safe: Result<void> = await plc.makeSafe()
  expect(safe).toMatchObject({ ok: false, fault: { code: 'plc/unreachable' } })
})

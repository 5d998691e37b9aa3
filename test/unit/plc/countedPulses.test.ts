import { beforeEach, expect, it } from 'vitest'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import { longestPulseMs } from '../../../src-main/adapters/plc/outputSpan.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { outputOrder } from '../../support/outputOrder.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { orderFor, someLine, somePart } from '../../support/someLine.ts'

const reject = { coil: 3, delayMs: 7, pulseMs: 9, counts: { delay: 2_000, pulse: 200 } }
/** 600 counts before it wraps around. */
const startCount = 2 ** 32 - 600

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort
let count: number
let startMs: number

/** The belt runs for so long at so many counts a ms. */
async function run(forMs: number, countsPerMs: number): Promise<void> {
  for (let ms = 0; ms < forMs; ms++) {
    count += countsPerMs
    link.values.set('inputRegister 10', (count >>> 16) & 0xffff).set('inputRegister 11', count & 0xffff)
    await clock.advance(1)
  }
}
const pulse = (): readonly number[] => link.log.flatMap((entry) => (entry.includes('write 3') ? Number.parseInt(entry) : []))

beforeEach(async () => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  count = startCount
  await plc.open({ outputs: { reject }, line: someLine({ trigger: { kind: 'camera' }, deadlineMs: 60_000, encoder: { register: 10, wordOrder: 'highFirst', countsPerMm: 10 } }) })
  await run(100, 4)
  link.log.length = 0
  startMs = clock.monotonicMs() - 100
})

it('begins and ends where the belt is, through the wrap-around', async () => {
  plc.track(somePart(1, startMs + 100))
  await run(700, 4)
  const [on, off] = pulse()
  expect(Math.abs(on! - 600)).toBeLessThanOrEqual(2)
  expect(Math.abs(off! - 650)).toBeLessThanOrEqual(2)
})

it('waits while the belt stands, and follows its speed', async () => {
  plc.track(somePart(1, startMs + 100))
  await run(250, 4)
  await run(3_000, 0)
  expect(pulse()).toEqual([])
  await run(600, 2)
  const [on, off] = pulse()
  expect(Math.abs(on! - (100 + 250 + 3_000 + 500))).toBeLessThanOrEqual(4)
  expect(Math.abs(off! - on! - 100)).toBeLessThanOrEqual(4)
})

it('counts from the trigger, whenever the decision came', async () => {
  const part = somePart(1, startMs + 100)
  await run(400, 4)
  const driven = plc.drive(orderFor(part, 'reject', reject, clock.monotonicMs()))
  await run(300, 4)
  expect(Math.abs((await driven).onMs! - startMs - 600)).toBeLessThanOrEqual(2)
})

it('does not act on a part that has gone by', async () => {
  const part = somePart(1, startMs + 100)
  await run(900, 4)
  expect(await plc.drive(orderFor(part, 'reject', reject, clock.monotonicMs()))).toMatchObject({ onMs: null, fault: { code: 'plc/timeout' } })
})

it('does not hold the ejector out for ever when the belt stops', async () => {
  plc.track(somePart(1, startMs + 100))
  await run(510, 4)
  await clock.advance(longestPulseMs + 100)
  const [on, off] = pulse()
  expect(off! - on!).toBe(longestPulseMs)
})

it('goes by the times when it is fired by hand', async () => {
  const driven = plc.drive(outputOrder('reject', reject, clock.monotonicMs()))
  await clock.advance(100)
  expect(await driven).toMatchObject({ onMs: startMs + 107, offMs: startMs + 116 })
})

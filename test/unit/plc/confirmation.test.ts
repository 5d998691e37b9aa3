import { beforeEach, describe, expect, it } from 'vitest'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import type { LineInput } from '../../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { orderFor, someLine, somePart } from '../../support/someLine.ts'

const accept = { coil: 1, delayMs: 0, pulseMs: 20 }
const reject = { coil: 3, delayMs: 100, pulseMs: 20, delayFrom: 'trigger' } as const
const rejectEye = 4
const exitEye = 5

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort
let heard: LineInput[]
let parts: number

beforeEach(async () => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  heard = []
  parts = 0
  plc.onInput((input) => { heard.push(input) })
  await plc.open({ outputs: { accept, reject }, line: someLine({ inputs: { rejectConfirmed: rejectEye, exitEye }, confirmWithinMs: 200 }) })
  await clock.advance(10)
})

/** A part that triggers now and is decided 10 ms later. */
function decide(output: 'accept' | 'reject') {
  const part = somePart(++parts, clock.monotonicMs())
  plc.track(part)
  return plc.drive(orderFor(part, output, output === 'accept' ? accept : reject, clock.monotonicMs() + 10))
}

async function pass(eye: number): Promise<void> {
  for (const value of [1, 0]) {
    link.values.set(`discreteInput ${eye}`, value)
    await clock.advance(10)
  }
}

describe('a reject', () => {
  it('is confirmed by the eye behind the ejector, at the time of its edge', async () => {
    const driven = decide('reject')
    await clock.advance(150)
    const seenMs = clock.monotonicMs()
    await pass(rejectEye)
    expect(Math.abs((await driven).confirmedMs! - seenMs)).toBeLessThanOrEqual(5)
    expect(heard).toEqual([])
  })

  it('is not confirmed when nothing comes in time', async () => {
    const driven = decide('reject')
    await clock.advance(310)
    await pass(rejectEye)
    await clock.advance(100)
    expect(await driven).toMatchObject({ confirmedMs: null, fault: null })
    expect(heard.map((input) => input.kind)).toEqual(['unexpectedRemoval'])
  })

  it('is not confirmed when the part leaves where good parts leave', async () => {
    const driven = decide('reject')
    await clock.advance(150)
    await pass(exitEye)
    expect(await driven).toMatchObject({ confirmedMs: null })
    await pass(rejectEye)
    expect(heard.map((input) => input.kind)).toEqual(['unexpectedRemoval'])
  })

  it('is not blamed for a good part that leaves before it', async () => {
    void decide('accept')
    await clock.advance(50)
    const driven = decide('reject')
    await clock.advance(110)
    await pass(exitEye)
    await pass(rejectEye)
    expect((await driven).confirmedMs).not.toBeNull()
  })

  it('is confirmed once for each of several on their way', async () => {
    const first = decide('reject')
    await clock.advance(60)
    const second = decide('reject')
    await clock.advance(60)
    await pass(rejectEye)
    await clock.advance(60)
    await pass(rejectEye)
    const [one, two] = await Promise.all([first, second])
    expect(two.confirmedMs! - one.confirmedMs!).toBe(80)
    expect(heard).toEqual([])
  })

  it('is confirmed no more once the outputs were made safe', async () => {
    const driven = decide('reject')
    await clock.advance(105)
    await plc.makeSafe()
    expect(await driven).toMatchObject({ confirmedMs: null, fault: { code: 'station/interrupted' } })
  })
})

it('a removal that nobody ordered is told', async () => {
  void decide('accept')
  await clock.advance(150)
  await pass(rejectEye)
  expect(heard.map((input) => input.kind)).toEqual(['unexpectedRemoval'])
})

it('nobody confirms where no time is given for it', async () => {
  await plc.open({ outputs: { reject }, line: someLine({ inputs: { rejectConfirmed: rejectEye } }) })
  const driven = decide('reject')
  await clock.advance(200)
  await pass(rejectEye)
  expect(await driven).not.toHaveProperty('confirmedMs')
  expect(heard).toEqual([])
})

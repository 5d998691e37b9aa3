import { beforeEach, describe, expect, it } from 'vitest'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import type { LineInput, TrackedPart } from '../../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { orderFor, someLine, somePart, someStatus } from '../../support/someLine.ts'

const accept = { coil: 1, delayMs: 0, pulseMs: 10 }
const reject = { coil: 3, delayMs: 300, pulseMs: 20, delayFrom: 'trigger' } as const
const hold = { coil: 5, delayMs: 300, pulseMs: 20, delayFrom: 'trigger' } as const

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort
let startMs: number

beforeEach(async () => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  await plc.open({ outputs: { accept, reject, hold }, line: someLine({ trigger: { kind: 'camera' } }) })
  startMs = clock.monotonicMs()
  link.log.length = 0
})

/** A part that triggers now and is on its way. */
function part(triggerNumber: number): TrackedPart {
  const announced = somePart(triggerNumber, clock.monotonicMs())
  plc.track(announced)
  return announced
}
const drive = (announced: TrackedPart, output: 'accept' | 'reject' | 'hold') => plc.drive(orderFor(announced, output, { accept, reject, hold }[output], clock.monotonicMs()))
const writes = (): readonly string[] => link.log.filter((entry) => entry.includes('write'))

describe('a part on its way', () => {
  it('is rejected when nothing is heard of it', async () => {
    part(1)
    await clock.advance(1_000)
    expect(writes()).toEqual(['300 write 3 on', '320 write 3 off'])
  })

  it('is rejected once when its reject is ordered, at its place, however long the decision took', async () => {
    const one = part(1)
    await clock.advance(200)
    const driven = drive(one, 'reject')
    await clock.advance(1_000)
    expect(await driven).toMatchObject({ output: 'reject', coil: 3, askedMs: startMs + 200, onMs: startMs + 300, offMs: startMs + 320, fault: null })
    expect(writes()).toEqual(['300 write 3 on', '320 write 3 off'])
  })

  it('passes when its accept comes in time', async () => {
    const one = part(1)
    await clock.advance(290)
    expect(await Promise.all([drive(one, 'accept'), clock.advance(1_000)])).toMatchObject([{ onMs: startMs + 290, fault: null }, undefined])
    expect(writes()).toEqual(['290 write 1 on', '300 write 1 off'])
  })

  it('passes when its accept comes in time and moves no output', async () => {
    await plc.open({ outputs: { reject }, line: someLine({ trigger: { kind: 'camera' } }) })
    link.log.length = 0
    expect(await plc.drive(orderFor(part(1), 'accept', null, clock.monotonicMs()))).toMatchObject({ readBack: 'notWired', fault: null })
    await clock.advance(1_000)
    expect(writes()).toEqual([])
  })

  it('is held instead when it is to be held', async () => {
    const held = drive(part(1), 'hold')
    await clock.advance(1_000)
    expect(await held).toMatchObject({ coil: 5, onMs: startMs + 300, fault: null })
    expect(writes()).toEqual(['300 write 5 on', '320 write 5 off'])
  })

  it.each(['accept', 'hold'] as const)('has been rejected when its %s comes after it has reached the ejector: nothing moves', async (output) => {
    const one = part(1)
    await clock.advance(350)
    expect(await drive(one, output)).toMatchObject({ output, onMs: null, offMs: null, fault: { code: 'station/late' } })
    await clock.advance(1_000)
    expect(writes()).toEqual(['300 write 3 on', '320 write 3 off'])
  })

  it('whose reject comes late was rejected nevertheless, and the receipt says both', async () => {
    const one = part(1)
    await clock.advance(350)
    expect(await drive(one, 'reject')).toMatchObject({ onMs: startMs + 300, offMs: startMs + 320, readBack: 'agrees', fault: { code: 'station/late' } })
    expect(writes()).toHaveLength(2)
  })

  it('stays a reject when its accept comes after the deadline, though before the ejector', async () => {
    await plc.open({ outputs: { accept, reject }, line: someLine({ trigger: { kind: 'camera' }, deadlineMs: 100 }) })
    link.log.length = 0
    const one = part(1)
    await clock.advance(101)
    expect(await drive(one, 'accept')).toMatchObject({ onMs: null, fault: { code: 'station/late' } })
    await clock.advance(500)
    expect(writes()).toEqual(['300 write 3 on', '320 write 3 off'])
  })

  it('is announced once, however often', async () => {
    const one = part(1)
    plc.track(one)
    await clock.advance(1_000)
    expect(writes()).toHaveLength(2)
  })

  it('is not taken for an older one of the same number: the line has counted anew', async () => {
    part(1)
    await clock.advance(400)
    const again = part(1)
    await clock.advance(100)
    expect(await Promise.all([drive(again, 'accept'), clock.advance(1_000)])).toMatchObject([{ onMs: startMs + 500, fault: null }, undefined])
    expect(writes().filter((entry) => entry.includes('write 3'))).toHaveLength(2)
  })

  it('is found by its number, whatever the order of decisions', async () => {
    const parts: TrackedPart[] = []
    for (let n = 1; n <= 5; n++) {
      parts.push(part(n))
      await clock.advance(50)
    }
    const decisions = [4, 0, 2, 1].map((i) => drive(parts[i]!, i === 2 ? 'reject' : 'accept'))
    await clock.advance(1_000)
    for (const receipt of await Promise.all(decisions)) expect(receipt.fault).toBeNull()
    // The third was to be rejected, and of the fourth nobody has heard.
    expect(writes().filter((entry) => entry.includes('write 3'))).toEqual(['400 write 3 on', '420 write 3 off', '450 write 3 on', '470 write 3 off'])
  })

  it('is forgotten when the outputs are made safe', async () => {
    part(1)
    await clock.advance(100)
    await plc.makeSafe()
    link.log.length = 0
    await clock.advance(1_000)
    expect(writes()).toEqual([])
  })

  it('that could not be rejected because the link was gone is said to be so', async () => {
    const one = part(1)
    link.reachable = false
    link.drop(fault('plc/unreachable', 'unplugged'))
    await clock.advance(350)
    expect(await drive(one, 'accept')).toMatchObject({ onMs: null, fault: { code: 'plc/unreachable' } })
  })
})

describe('a part that the line announced itself', () => {
  let heard: LineInput[]

  beforeEach(async () => {
    heard = []
    plc.onInput((input) => { heard.push(input) })
    await plc.open({ outputs: { accept, reject }, line: someLine() })
    await clock.advance(10)
    link.log.length = 0
  })
  async function trigger(): Promise<void> {
    link.values.set('discreteInput 0', 1)
    await clock.advance(10)
  }

  it('is rejected though the main loop never spoke of it, as long as there is a station', async () => {
    plc.tell(someStatus)
    await trigger()
    await clock.advance(1_000)
    expect(writes()).toHaveLength(2)
  })

  it('passes when the station speaks of it and accepts it', async () => {
    plc.tell(someStatus)
    await trigger()
    const [announced] = heard.flatMap((input) => (input.kind === 'triggered' ? input.part : []))
    plc.track(announced!)
    void drive(announced!, 'accept')
    await clock.advance(1_000)
    expect(writes().filter((entry) => entry.includes('write 3'))).toEqual([])
  })

  it('is left alone while no station decides', async () => {
    await trigger()
    await clock.advance(1_000)
    expect(writes()).toEqual([])
  })
})

it('a reject that counts from the decision waits for one', async () => {
  await plc.open({ outputs: { accept, reject: { coil: 3, delayMs: 50, pulseMs: 20 } }, line: someLine({ trigger: { kind: 'camera' } }) })
  link.log.length = 0
  part(1)
  await clock.advance(1_000)
  expect(writes()).toEqual([])
})

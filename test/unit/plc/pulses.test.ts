import { beforeEach, describe, expect, it } from 'vitest'
import { requestTimeoutMs } from '../../../src-main/adapters/plc/coilLink.ts'
import { coilPlc } from '../../../src-main/adapters/plc/coilPlc.ts'
import { maxLateMs } from '../../../src-main/adapters/plc/pulseLane.ts'
import type { OutputReceipt } from '../../../src-main/domain/inspection.ts'
import type { PlcPort } from '../../../src-main/ports/plc.ts'
import { fakeClock, type FakeClock } from '../../support/fakeClock.ts'
import { scriptedLink, type ScriptedLink } from './scriptedLink.ts'
import { outputOrder } from '../../support/outputOrder.ts'

const reject = { coil: 3, delayMs: 50, pulseMs: 30 }
const hold = { coil: 5, delayMs: 50, pulseMs: 30 }

let clock: FakeClock
let link: ScriptedLink
let plc: PlcPort
let openedMs: number

beforeEach(async () => {
  clock = fakeClock()
  link = scriptedLink(clock)
  plc = coilPlc(link, clock, { random: () => 0 })
  await plc.open({ outputs: { reject, hold } })
  openedMs = clock.monotonicMs()
  link.log.length = 0
})

async function receiptOf(drive: Promise<OutputReceipt>, withinMs = 500): Promise<OutputReceipt> {
  await clock.advance(withinMs)
  return drive
}

describe('a pulse', () => {
  it('is written and read back, on and off, at the millisecond', async () => {
    const receipt = await receiptOf(plc.drive(outputOrder('reject', reject, clock.monotonicMs())))
    expect(link.log).toEqual(['50 write 3 on', '50 read 3', '80 write 3 off', '80 read 3'])
    expect(receipt).toEqual({ output: 'reject', ...reject, askedMs: openedMs, onMs: openedMs + 50, offMs: openedMs + 80, readBack: 'agrees', fault: null })
  })

  it('joins one of the same coil that is on, and ends with the later of both', async () => {
    const long = plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 100 }, clock.monotonicMs()))
    const short = plc.drive(outputOrder('reject', { coil: 3, delayMs: 20, pulseMs: 30 }, clock.monotonicMs()))
    const late = plc.drive(outputOrder('reject', { coil: 3, delayMs: 90, pulseMs: 40 }, clock.monotonicMs()))
    await clock.advance(500)
    expect(link.log).toEqual(['0 write 3 on', '0 read 3', '130 write 3 off', '130 read 3'])
    const ends = (await Promise.all([long, short, late])).map(({ onMs, offMs, readBack, fault }) => [onMs! - openedMs, offMs! - openedMs, readBack, fault])
    expect(ends).toEqual(Array(3).fill([0, 130, 'agrees', null]))
  })

  it('that starts as another ends is a pulse of its own', async () => {
    const first = plc.drive(outputOrder('reject', { coil: 3, delayMs: 0, pulseMs: 40 }, clock.monotonicMs()))
    const second = plc.drive(outputOrder('reject', { coil: 3, delayMs: 41, pulseMs: 40 }, clock.monotonicMs()))
    await clock.advance(500)
    await Promise.all([first, second])
    expect(link.log.filter((entry) => entry.includes('write'))).toEqual(['0 write 3 on', '40 write 3 off', '41 write 3 on', '81 write 3 off'])
  })

  it('keeps its whole width when it started late', async () => {
    link.fates.push('appliedUnanswered')
    const blocking = plc.drive(outputOrder('hold', { ...hold, delayMs: 0 }, clock.monotonicMs()))
    const receipt = await receiptOf(plc.drive(outputOrder('reject', { coil: 3, delayMs: requestTimeoutMs - 50, pulseMs: 30 }, clock.monotonicMs())), 1_000)
    await blocking
    expect(receipt).toMatchObject({ onMs: openedMs + requestTimeoutMs, offMs: openedMs + requestTimeoutMs + 30, fault: null })
  })

  it('that cannot start in time is not given at all: it would hit another part', async () => {
    link.fates.push('lost')
    const blocking = plc.drive(outputOrder('hold', { ...hold, delayMs: 0 }, clock.monotonicMs()))
    const receipt = await receiptOf(plc.drive(outputOrder('reject', { coil: 3, delayMs: 20, pulseMs: 30 }, clock.monotonicMs())), 1_000)
    await blocking
    expect(receipt).toMatchObject({ onMs: null, fault: { code: 'plc/timeout', measured: requestTimeoutMs - 20, limit: maxLateMs(undefined) } })
    expect(link.log.some((entry) => entry.endsWith('write 3 on'))).toBe(false)
  })

  it.each([
    ['half a pitch of a fast belt', { beltSpeedMmPerS: 1_000, partPitchMm: 100 }, 50],
    ['no more than on a belt that nobody knows', { beltSpeedMmPerS: 10, partPitchMm: 100 }, 250],
  ])('may be late by %s', (_, belt, ms) => {
    expect(maxLateMs(belt)).toBe(ms)
    expect(maxLateMs(undefined)).toBe(250)
  })
})

describe('a write without answer', () => {
  it('that happened is found by read-back: the pulse is given whole, and the delay is reported', async () => {
    link.fates.push('appliedUnanswered')
    const receipt = await receiptOf(plc.drive(outputOrder('reject', { ...reject, delayMs: 0 }, clock.monotonicMs())), 1_000)
    expect(receipt).toMatchObject({ onMs: openedMs + requestTimeoutMs, offMs: openedMs + requestTimeoutMs + 30, readBack: 'agrees', fault: { code: 'plc/timeout' } })
    expect(link.coils.get(3)).toBe(false)
  })

  it('that did not happen is not repeated: the coil is written off at once', async () => {
    link.fates.push('lost')
    const receipt = await receiptOf(plc.drive(outputOrder('reject', { ...reject, delayMs: 0 }, clock.monotonicMs())), 900)
    expect(receipt).toMatchObject({ onMs: null, offMs: openedMs + requestTimeoutMs, readBack: 'disagrees', fault: { code: 'plc/timeout' } })
    expect(link.log).toEqual(['0 write 3 on', '300 read 3', '300 write 3 off', '300 read 3'])
  })

  it('nor to its read-back gives the connection up, and the coil is off when it is back', async () => {
    link.fates.push('answered', 'answered', 'lost', 'lost')
    const receipt = await receiptOf(plc.drive(outputOrder('reject', { ...reject, delayMs: 0 }, clock.monotonicMs())), 2_000)
    expect(receipt).toMatchObject({ onMs: openedMs, offMs: null, readBack: 'unknown', fault: { code: 'plc/timeout' } })
    expect(link.log).toContain('730 connect')
    expect(plc.health().status).toBe('ok')
    expect(link.coils.get(3)).toBe(false)
  })
})

it('a refused write leaves the read-back to say what the coil does', async () => {
  link.fates.push('refused')
  const receipt = await receiptOf(plc.drive(outputOrder('reject', reject, clock.monotonicMs())))
  expect(receipt).toMatchObject({ onMs: null, readBack: 'disagrees', fault: { code: 'plc/refused' } })
})

it('a pulse whose time comes in the same moment as makeSafe is not given', async () => {
  const driven = plc.drive(outputOrder('reject', { ...reject, delayMs: 0 }, clock.monotonicMs()))
  const safe = plc.makeSafe()
  expect(await driven).toMatchObject({ onMs: null, fault: { code: 'station/interrupted' } })
  expect(await safe).toEqual({ ok: true, value: undefined })
  expect(link.log.some((entry) => entry.endsWith('on'))).toBe(false)
})

it('many parts can be on their way at once', async () => {
  const parts = Array.from({ length: 50 }, (_, i) => plc.drive(outputOrder('reject', { coil: 3, delayMs: 1_000 + i * 50, pulseMs: 20 }, clock.monotonicMs())))
  await clock.advance(5_000)
  for (const [i, part] of parts.entries()) expect(await part).toMatchObject({ onMs: openedMs + 1_000 + i * 50, offMs: openedMs + 1_020 + i * 50, fault: null })
})

import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { demoBelt } from '../../src-main/adapters/plc/conveyor/beltPlan.ts'
import type { LineEvent } from '../../src-main/adapters/plc/conveyor/lineEvent.ts'
import { somewhereHere } from '../../src-main/adapters/plc/conveyor/listening.ts'
import { openRemoteIoLine, remoteIo } from '../../src-main/adapters/plc/conveyor/remoteIoLine.ts'
import type { SimulatedLine } from '../../src-main/adapters/plc/conveyor/simulatedLine.ts'
import { modbusTcpPlc } from '../../src-main/adapters/plc/modbusTcpPlc.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { outputOrder } from '../support/outputOrder.ts'

const clock = systemClock()
const accept = { coil: remoteIo.coils.accept, delayMs: 0, pulseMs: 40 }

describe('the simulated I/O module, asked by the station’s own Modbus client', () => {
  let line: SimulatedLine
  let plc: PlcPort
  let events: LineEvent[]
  const pulse = () => plc.drive(outputOrder('accept', accept))
  const healthy = () => expect.poll(() => plc.health().status, { timeout: 5_000 }).toBe('ok')

  beforeEach(async () => {
    line = await openRemoteIoLine({ ...demoBelt, outputsHoldMs: null }, somewhereHere, clock)
    events = []
    line.onEvent((event) => events.push(event))
    plc = modbusTcpPlc({ kind: 'modbusTcp', host: somewhereHere.host, port: line.port, unit: 1 }, clock)
    await plc.open({ outputs: { reject: { ...accept, coil: remoteIo.coils.reject }, accept } })
  })
  afterEach(async () => {
    await plc.close()
    await line.close()
  })

  it('moves the output as told, and says so in its log', async () => {
    expect(await pulse()).toMatchObject({ readBack: 'agrees', fault: null })
    expect(events.flatMap((event) => (event.kind === 'output' ? [[event.output, event.isOn]] : []))).toEqual([['accept', true], ['accept', false]])
  })

  it('speaks Modbus with mbpoll: inputs, encoder, coils; an address it does not have is refused', async () => {
    const mbpoll = (...args: string[]) =>
      promisify(execFile)('mbpoll', ['-m', 'tcp', '-a', '1', '-0', '-1', '-q', '-p', String(line.port), ...args]).catch((error: unknown) => error as { stdout: string; stderr: string })
    expect((await mbpoll('-t', '1', '-r', '0', '-c', '3', '127.0.0.1')).stdout).toMatch(/\[2\]:\s+0/)
    expect((await mbpoll('-t', '3:int', '-B', '-r', '0', '127.0.0.1')).stdout).toMatch(/\[0\]:\s+[1-9]/)
    expect((await mbpoll('-t', '0', '-r', '2', '127.0.0.1', '1')).stdout).toContain('Written 1 references')
    expect(line.world.isOn('hold')).toBe(true)
    expect((await mbpoll('-t', '0', '-r', '9', '127.0.0.1')).stderr).toContain('Illegal data address')
  })

  it.each(['split', 'slow', 'twoClients'] as const)('%s: the pulse is given all the same', async (name) => {
    line.setFault(name, true)
    expect(await pulse()).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it.each([
    ['silence', 'plc/timeout'],
    ['wrongTransaction', 'plc/timeout'],
    ['halfOpen', 'plc/timeout'],
    ['exception', 'plc/refused'],
    ['reset', 'plc/unreachable'],
    ['lyingReadBack', 'plc/noReadback'],
    ['stuckOutput', 'plc/noReadback'],
  ] as const)('%s is %s, and over when it is switched off', async (name, code) => {
    line.setFault(name, true)
    if (name === 'reset') await expect.poll(() => plc.health().status, { timeout: 5_000 }).toBe('failure')
    expect((await pulse()).fault?.code).toBe(code)
    line.setFault(name, false)
    await healthy()
    expect(await pulse()).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it('a module that loses power drops its outputs, and is found again', async () => {
    const long = plc.drive(outputOrder('accept', { ...accept, pulseMs: 60_000 }))
    await expect.poll(() => line.world.isOn('accept')).toBe(true)
    line.setFault('restart', true)
    expect((await long).fault?.code).toBe('plc/unreachable')
    expect(line.world.isOn('accept')).toBe(false)
    await healthy()
    expect(await pulse()).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it('a part leaves by the exit only while the accept output is on', async () => {
    await wait(100)
    const held = plc.drive(outputOrder('accept', { ...accept, pulseMs: 60_000 }))
    await expect.poll(() => events.find((event) => event.kind === 'left'), { timeout: 10_000 }).toMatchObject({ part: 1, by: 'exit' })
    await plc.makeSafe()
    await held
    await expect.poll(() => events.filter((event) => event.kind === 'left').at(1), { timeout: 10_000 }).toMatchObject({ part: 2, by: 'reject' })
  })
})

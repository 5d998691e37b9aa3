import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { requestTimeoutMs } from '../../src-main/adapters/plc/coilLink.ts'
import { connectTimeoutMs, modbusTcpPlc } from '../../src-main/adapters/plc/modbusTcpPlc.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { startPymodbus, type PymodbusServer } from '../support/pymodbusServer.ts'
import { outputOrder } from '../support/outputOrder.ts'

const reject = { coil: 3, delayMs: 0, pulseMs: 30 }
const clock = systemClock()

describe('Modbus TCP', () => {
  let server: PymodbusServer
  let plc: PlcPort
  const plcAt = (unit: number): PlcPort => modbusTcpPlc({ kind: 'modbusTcp', host: '127.0.0.1', port: server.port, unit }, clock)
  const healthBecomes = async (status: string): Promise<void> => {
    const untilMs = performance.now() + 3_000
    while (plc.health().status !== status && performance.now() < untilMs) await wait(5)
    expect(plc.health().status).toBe(status)
  }

  beforeEach(async () => {
    server = await startPymodbus()
    plc = plcAt(1)
  })
  afterEach(async () => {
    await plc.close()
    await server.kill()
  })

  it('shows the coil to another client (mbpoll) while it is on, and not afterwards', async () => {
    const coilAt = async (address: number): Promise<string> =>
      (await promisify(execFile)('mbpoll', ['-m', 'tcp', '-a', '1', '-0', '-r', String(address), '-t', '0', '-1', '-q', '-p', String(server.port), '127.0.0.1'])).stdout
    await plc.open({ outputs: { reject } })
    const driven = plc.drive(outputOrder('reject', { ...reject, pulseMs: 60_000 }))
    await wait(50)
    expect(await coilAt(3)).toMatch(/\[3\]:\s+1/)
    await plc.makeSafe()
    expect((await driven).readBack).toBe('agrees')
    expect(await coilAt(3)).toMatch(/\[3\]:\s+0/)
  })

  it('speaks to the unit it was given; one that is not there is silent', async () => {
    await plc.close()
    plc = plcAt(7)
    expect(await plc.open({ outputs: { reject } })).toMatchObject({ ok: true })
    await plc.close()
    plc = plcAt(9)
    expect(await plc.open({ outputs: { reject } })).toMatchObject({ ok: false, fault: { code: 'plc/timeout' } })
  })

  it('reports an address that the PLC does not have as refused', async () => {
    expect(await plc.open({ outputs: { reject: { ...reject, coil: 999 } } })).toMatchObject({ ok: false, fault: { code: 'plc/refused' } })
  })

  it('takes no late reply for the answer to a later request', async () => {
    await plc.open({ outputs: { reject } })
    await server.misbehave('late')
    expect((await plc.drive(outputOrder('reject', reject))).fault?.code).toBe('plc/timeout')
    await server.misbehave()
    await healthBecomes('ok')
    for (let i = 0; i < 10; i++) expect(await plc.drive(outputOrder('reject', { ...reject, pulseMs: 5 }))).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it.each(['strangeId', 'staleId'] as const)('takes no reply of another transaction for its own (%s)', async (mode) => {
    await plc.open({ outputs: { reject } })
    await server.setCoil(3, true)
    await server.misbehave(mode)
    expect(await plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'unknown', fault: { code: 'plc/timeout' } })
    await server.misbehave()
    await healthBecomes('ok')
    expect(await server.coil(3)).toBe(false)
    expect(await plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it('asks the coil what became of a write that nobody answered', async () => {
    await plc.open({ outputs: { reject } })
    await server.misbehave('silentWrites')
    const receipt = await plc.drive(outputOrder('reject', reject))
    expect(receipt).toMatchObject({ readBack: 'agrees', fault: { code: 'plc/timeout' } })
    expect(receipt.onMs! - receipt.askedMs).toBeGreaterThanOrEqual(requestTimeoutMs)
    expect(server.writes.slice(1).map((write) => write.isOn)).toEqual([true, false])
    expect(await server.coil(3)).toBe(false)
  })

  it.each(['garbled', 'hangUp'] as const)('opens the connection again after a reply it cannot trust (%s)', async (mode) => {
    await plc.open({ outputs: { reject } })
    await server.misbehave(mode)
    expect((await plc.drive(outputOrder('reject', reject))).fault?.code).toBe('plc/unreachable')
    expect(plc.health().status).toBe('failure')
    await server.misbehave()
    await healthBecomes('ok')
    expect(await plc.drive(outputOrder('reject', reject))).toMatchObject({ readBack: 'agrees', fault: null })
  })

  it('does not take a held-up main loop for a silent PLC', async () => {
    await plc.open({ outputs: { reject } })
    const driven = plc.drive(outputOrder('reject', { ...reject, pulseMs: 500 }))
    await wait(10)
    await server.misbehave('slow')
    const other = plc.drive(outputOrder('reject', { ...reject, coil: 4 }))
    await wait(10)
    // After an I/O callback timers come before the next reading of sockets.
    await new Promise((resolve) => { setImmediate(resolve) })
    const untilMs = performance.now() + 2 * requestTimeoutMs
    while (performance.now() < untilMs);
    expect((await other).fault).toBe(null)
    expect((await driven).fault).toBe(null)
  })

  it('finds a peer that hangs with its connection open, and is back within 3 s of its waking', async () => {
    await plc.open({ outputs: { reject } })
    server.signal('SIGSTOP')
    await healthBecomes('failure')
    server.signal('SIGCONT')
    await healthBecomes('ok')
    expect(await server.coil(3)).toBe(false)
  })

  it('answers within a bounded time when nobody listens, and connects when somebody does', async () => {
    await server.kill()
    const startMs = performance.now()
    expect(await plc.open({ outputs: { reject } })).toMatchObject({ ok: false, fault: { code: 'plc/unreachable', detail: expect.stringContaining('ECONNREFUSED') as string } })
    expect(performance.now() - startMs).toBeLessThan(2 * connectTimeoutMs)
    server = await startPymodbus(server.port)
    await healthBecomes('ok')
  })
})

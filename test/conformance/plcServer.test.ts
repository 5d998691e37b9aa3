import { execFile } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import { modbusServerPlc } from '../../src-main/adapters/plc/handshake/modbusServerPlc.ts'
import { resultRegisters } from '../../src-main/adapters/plc/handshake/registerMap.ts'
import type { LineInput, TrafficEntry } from '../../src-main/domain/lineSignals.ts'
import type { PlcPort } from '../../src-main/ports/plc.ts'
import { readImage, readyStatus } from '../support/handshakeBench.ts'
import { freePort, speakForStation } from '../support/handshakeStation.ts'
import { outputOrder } from '../support/outputOrder.ts'
import { openLanePlc } from '../support/plcBench.ts'
import { startPymodbusClient, type PymodbusClient } from '../support/pymodbusClient.ts'

const clock = systemClock()
const reject = { coil: 3, delayMs: 0, pulseMs: 30 }
const line = { trigger: { kind: 'plc' }, partIds: { kind: 'plc' }, deadlineMs: 2_000, stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 } } as const
const wiring = { outputs: { reject }, line }

const serverPlc = (port: number): PlcPort => modbusServerPlc({ kind: 'modbusServer', host: '127.0.0.1', port, unit: 1, allow: ['127.0.0.1'] }, clock)
const lanePlc = (port: number): PlcPort => openLanePlc(`listen://127.0.0.1:${port}?allow=127.0.0.1`)

describe.each([['Modbus TCP server', serverPlc], ['Modbus TCP server, in the outputs process', lanePlc]])('PLC twin: %s, against pymodbus', (_, openAt) => {
  let port: number
  let plc: PlcPort
  let peer: PymodbusClient

  beforeEach(async () => {
    port = await freePort()
    plc = openAt(port)
    peer = startPymodbusClient()
  })
  afterEach(async () => {
    await plc.close()
    await peer.kill()
  })
  const healthBecomes = (status: string): Promise<boolean> => vi.waitUntil(() => plc.health().status === status, { timeout: 3_000, interval: 5 })

  it('answers plc/unreachable before it is opened, and from its closing on', async () => {
    expect(plc.health().status).toBe('waiting')
    expect(await plc.drive(outputOrder('reject', null))).toMatchObject({ onMs: null, readBack: 'unknown', fault: { code: 'plc/unreachable' } })
    await plc.open(wiring)
    await plc.close()
    expect(await plc.drive(outputOrder('reject', null))).toMatchObject({ fault: { code: 'plc/unreachable', detail: 'the PLC has been closed' } })
    expect(await peer.connect(port)).toBe(false)
  })

  it('is well while a PLC writes its heartbeat, opens twice, and makes safe', async () => {
    expect(await plc.open(wiring)).toEqual({ ok: true, value: undefined })
    expect(plc.health().status).toBe('failure')
    expect(await peer.connect(port)).toBe(true)
    expect(await peer.write(0, [1, 1])).toEqual({ values: [] })
    await healthBecomes('ok')
    await healthBecomes('failure')
    expect(await plc.open(wiring)).toEqual({ ok: true, value: undefined })
    expect(await plc.makeSafe()).toEqual({ ok: true, value: undefined })
    expect(await plc.force(3, true)).toMatchObject({ ok: false, fault: { code: 'plc/refused' } })
    expect(await plc.drive(outputOrder('reject', reject))).toMatchObject({ onMs: null, fault: { code: 'plc/refused' } })
  })

  it('takes parts through the whole handshake, each with its own result', async () => {
    await plc.open(wiring)
    const station = speakForStation(plc, 5, ({ triggerNumber }) => (['pass', 'reject', 'noDecision'] as const)[triggerNumber % 3]!)
    await peer.connect(port)
    const { handshakes, trouble } = await peer.handshakes(9, 2_000)
    station.stop()
    expect(trouble).toEqual([])
    expect(handshakes.map(({ id, result }) => `${id} ${result}`)).toEqual(['1 reject', '2 noDecision', '3 pass', '4 reject', '5 noDecision', '6 pass', '7 reject', '8 noDecision', '9 pass'])
    for (const receipt of station.receipts) {
      expect(receipt).toMatchObject({ readBack: 'agrees', fault: null, coil: null })
      expect(receipt.onMs! - receipt.askedMs).toBeGreaterThanOrEqual(0)
      expect(receipt.acknowledgedMs! - receipt.onMs!).toBeGreaterThan(0)
    }
    expect(station.receipts).toHaveLength(9)
  })

  it('answers within its deadline when the PLC stops reading, and never after it with a pass', async () => {
    await plc.open({ ...wiring, line: { ...line, deadlineMs: 250 } })
    const station = speakForStation(plc, 400, () => 'pass')
    await peer.connect(port)
    const { handshakes, trouble } = await peer.handshakes(1, 0)
    expect(trouble).toEqual([])
    expect(handshakes[0]).toMatchObject({ result: 'noDecision' })
    await vi.waitUntil(() => station.receipts.length === 1, { timeout: 3_000 })
    station.stop()
    expect(station.receipts[0]).toMatchObject({ onMs: null, fault: { code: 'station/late' } })
  })

  it('finds a PLC that hangs with its connection open by its heartbeat', async () => {
    await plc.open(wiring)
    await peer.connect(port)
    await peer.write(0, [1, 5])
    await healthBecomes('ok')
    peer.signal('SIGSTOP')
    await healthBecomes('failure')
    expect(plc.health().detail).toMatch(/heartbeat of 127\.0\.0\.1:\d+ stands still/)
    peer.signal('SIGCONT')
    await peer.write(1, [6])
    await healthBecomes('ok')
  })

  it('lists the map with its values', async () => {
    await plc.open(wiring)
    plc.tell(readyStatus)
    await peer.connect(port)
    await peer.write(2, [4_711])
    const rows = await plc.registers()
    if (!rows.ok) throw new Error(rows.fault.detail)
    const valueOf = (name: string): number | null | undefined => rows.value.find((row) => row.name === name)?.value
    expect([valueOf('partId'), valueOf('settingsFingerprint'), valueOf('bootId'), valueOf('clients')]).toEqual([4_711, 0xbeef, 77, 1])
    expect(rows.value).toHaveLength(7 + 20 + 9)
    expect(rows.value.every((row) => !row.canForce)).toBe(true)
  })
})

describe('Modbus TCP server', () => {
  let port: number
  let plc: PlcPort
  let peer: PymodbusClient
  const sockets: Socket[] = []

  beforeEach(async () => {
    port = await freePort()
    plc = serverPlc(port)
    await plc.open(wiring)
    peer = startPymodbusClient()
    await peer.connect(port)
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await plc.close()
    await peer.kill()
  })
  const diagnostics = async (): Promise<Record<string, number | null>> => {
    const rows = await plc.registers()
    return rows.ok ? Object.fromEntries(rows.value.map((row) => [row.name, row.value])) : {}
  }
  const rawClient = async (): Promise<{ ask(hex: string, ...more: string[]): Promise<string>; socket: Socket }> => {
    const socket = connect({ host: '127.0.0.1', port })
    sockets.push(socket)
    await once(socket, 'connect')
    return {
      socket,
      async ask(...pieces) {
        const ended = Promise.race([once(socket, 'data'), once(socket, 'close')])
        for (const piece of pieces) {
          socket.write(Buffer.from(piece.replaceAll(' ', ''), 'hex'))
          await wait(5)
        }
        const [reply] = (await ended) as [Buffer | boolean]
        return Buffer.isBuffer(reply) ? reply.toString('hex') : 'closed'
      },
    }
  }

  it('lets mbpoll read 100–119 and write CTRL, and refuses it everything else', async () => {
    plc.tell(readyStatus)
    const mbpoll = (...args: string[]) => promisify(execFile)('mbpoll', ['-m', 'tcp', '-a', '1', '-0', '-1', '-q', '-p', String(port), ...args]).catch((error: unknown) => error as { stdout: string; stderr: string })
    const read = await mbpoll('-t', '4', '-r', '100', '-c', '20', '127.0.0.1')
    const words = Array.from(read.stdout.matchAll(/^\[(\d+)\]:\s+(\d+)/gm), ([, address, value]) => [Number(address), Number(value)])
    expect(words.map(([address]) => address)).toEqual(Object.values(resultRegisters))
    expect(Object.fromEntries(words)).toMatchObject({ 103: 0x5aa5, 107: 0xbeef, 115: 77, 118: 1 })
    expect((await mbpoll('-t', '4', '-r', '0', '127.0.0.1', '129')).stdout).toContain('Written 1 references')
    expect(await peer.read(3, 0, 1)).toEqual({ values: [129] })
    for (const address of ['7', '100', '119']) expect((await mbpoll('-t', '4', '-r', address, '127.0.0.1', '1')).stderr).toContain('Illegal data address')
    expect((await mbpoll('-t', '0', '-r', '0', '127.0.0.1', '1')).stderr).toContain('Illegal function')
    expect(await diagnostics()).toMatchObject({ refusedWrites: 3, control: 129 })
  })

  it('answers each space by its own function', async () => {
    plc.tell({ ...readyStatus, isSimulated: true })
    await peer.write(0, [0b1000_0101, 1])
    expect(await peer.read(1, 0, 8)).toEqual({ values: [1, 0, 1, 0, 0, 0, 0, 1] })
    expect((await peer.read(2, 0, 16)).values?.[12]).toBe(1)
    expect((await peer.read(4, 103, 1)).values).toEqual([0x5aa5])
    expect((await peer.read(4, 200, 9)).values).toHaveLength(9)
    for (const [functionCode, address, count] of [[3, 119, 2], [3, 5, 3], [3, 99, 1], [4, 0, 1], [4, 120, 1], [1, 15, 2], [2, 16, 1]] as const) expect(await peer.read(functionCode, address, count)).toEqual({ exception: 2 })
    expect(await peer.write(5, [1, 2, 3])).toEqual({ exception: 2 })
    expect(await peer.read(3, 5, 2)).toEqual({ values: [0, 0] })
  })

  it('gives twenty registers of one moment: every CRC fits while the station speaks', async () => {
    const speaking = speakForStation(plc, 1, () => 'pass')
    const { trouble, handshakes } = await peer.handshakes(20, 2_000)
    speaking.stop()
    expect([trouble, handshakes.length]).toEqual([[], 20])
  })

  it('takes one frame in pieces, two frames in one piece, and each reply has its own transaction', async () => {
    const client = await rawClient()
    expect(await client.ask('0007 0000', '0006 01', '03 00', '76 0001')).toBe('00070000000501030200' + '01')
    expect(await client.ask('0008 0000 0006 01 03 0076 0001  0009 0000 0006 01 03 0076 0001')).toBe('0008000000050103020001' + '0009000000050103020001')
  })

  it.each([
    ['a read of no registers', '0001 0000 0006 01 03 0064 0000', '00010000000301' + '8303'],
    ['a read of 126 registers', '0001 0000 0006 01 03 0064 007e', '00010000000301' + '8303'],
    ['a read that is too short', '0001 0000 0004 01 03 0064', '00010000000301' + '8303'],
    ['a write whose byte count lies', '0001 0000 0009 01 10 0000 0001 04 0001', '00010000000301' + '9003'],
    ['a function that is not offered', '0001 0000 0002 01 2b', '00010000000301' + 'ab01'],
    ['another unit', '0001 0000 0006 09 03 0064 0001', '00010000000309' + '830b'],
  ])('answers %s with an exception', async (_, request, reply) => {
    expect(await (await rawClient()).ask(request)).toBe(reply)
  })

  it.each([
    ['another protocol', '0001 0001 0006 01 03 0064 0001'],
    ['a PDU of more than 253 bytes', `0001 0000 00ff 01 03 ${'00'.repeat(253)}`],
    ['a length of nothing', '0001 0000 0000'],
    ['text', Buffer.from('GET / HTTP/1.1\r\nHost: plc\r\n\r\n').toString('hex')],
  ])('ends a connection that sends %s, and goes on with the others', async (_, bytes) => {
    const stranger = await rawClient()
    expect(await stranger.ask(bytes)).toBe('closed')
    expect((await peer.read(3, 118, 1)).values).toEqual([1])
    expect(await diagnostics()).toMatchObject({ malformedRequests: 1, clients: 1 })
  })

  it('ends a connection that floods it, and answers the others meanwhile', async () => {
    const stranger = await rawClient()
    stranger.socket.write(Buffer.from('000100000006010300640014'.repeat(5_000), 'hex'))
    stranger.socket.resume()
    await once(stranger.socket, 'close')
    expect((await peer.read(3, 118, 1)).values).toEqual([1])
    expect(await diagnostics()).toMatchObject({ malformedRequests: 1, clients: 1 })
  })

  it('lets one client control and says to the second why it may not', async () => {
    const traffic: TrafficEntry[] = []
    plc.onTraffic((entry) => { traffic.push(entry) })
    await peer.write(0, [1, 1])
    const second = await rawClient()
    const write = '0001 0000 0006 01 06 0000 0001'
    expect(await second.ask(write)).toBe('00010000000301' + '8606')
    expect(traffic.find((entry) => entry.trouble !== null)).toMatchObject({ direction: 'received', summary: 'FC06 holdingRegister 0 := 1', bytes: '0600000001', trouble: expect.stringMatching(/exception 6: 127\.0\.0\.1:\d+ controls/) as string })
    expect(await second.ask('0002 0000 0006 01 03 0076 0001')).toBe('0002000000050103020001')
    await wait(520)
    expect(await second.ask(write)).toBe('000100000006' + '01' + '0600000001')
    await vi.waitUntil(async () => (await diagnostics())['clients'] === 1)
  })

  it('hands control on when the connection of the PLC ends', async () => {
    const inputs: LineInput[] = []
    plc.onInput((input) => { inputs.push(input) })
    await peer.write(0, [1, 1])
    await peer.disconnect()
    const second = await rawClient()
    await vi.waitUntil(() => plc.health().status === 'failure')
    expect(await second.ask('0001 0000 0006 01 06 0001 0002')).toBe('000100000006' + '01' + '0600010002')
    expect(plc.health().status).toBe('ok')
    expect(inputs).toEqual([{ kind: 'commanded', command: { name: 'enable', isOn: true } }])
  })

  it('lets in no client that is not named, and counts it', async () => {
    const elsewhere = await freePort()
    const strict = modbusServerPlc({ kind: 'modbusServer', host: '127.0.0.1', port: elsewhere, unit: 1, allow: ['192.0.2.1'] }, clock)
    const traffic: TrafficEntry[] = []
    strict.onTraffic((entry) => { traffic.push(entry) })
    await strict.open(wiring)
    const socket = connect({ host: '127.0.0.1', port: elsewhere })
    socket.on('error', () => undefined)
    await once(socket, 'close')
    const rows = await strict.registers()
    await strict.close()
    expect(rows.ok && rows.value.find((row) => row.name === 'refusedConnections')?.value).toBe(1)
    expect(traffic).toMatchObject([{ summary: 'connection refused', trouble: 'its address is not allowed' }])
  })

  it('says why it cannot listen, and can be opened when it can', async () => {
    const second = serverPlc(port)
    expect(await second.open(wiring)).toMatchObject({ ok: false, fault: { code: 'plc/unreachable', detail: expect.stringContaining('EADDRINUSE') as string } })
    expect(second.health().status).toBe('failure')
    await plc.close()
    expect(await second.open(wiring)).toMatchObject({ ok: true })
    await second.close()
  })

  it('bounds the number of clients', async () => {
    for (let i = 0; i < 7; i++) await rawClient()
    const ninth = await rawClient()
    await once(ninth.socket, 'close')
    expect(await diagnostics()).toMatchObject({ clients: 8, refusedConnections: 1 })
    expect((await peer.read(3, 118, 1)).values).toEqual([1])
  })

  it('shows no pass to whoever reads after the deadline, even when its own timers are late', async () => {
    const station = speakForStation(plc, 1, () => 'pass')
    const client = await rawClient()
    await client.ask('0001 0000 0015 01 10 0000 0007 0e 0001 0001 0000 0000 0000 0000 0000')
    await vi.waitUntil(async () => readImage((await peer.read(3, 100, 20)).values!).bit('ready'), { interval: 5 })
    await client.ask('0001 0000 0015 01 10 0000 0007 0e 0003 0002 0001 0000 0064 0000 0000')
    await vi.waitUntil(async () => readImage((await peer.read(3, 100, 20)).values!).result === 'pass', { interval: 2 })
    const untilMs = performance.now() + 150
    while (performance.now() < untilMs);
    const { result } = readImage((await peer.read(3, 100, 20)).values!)
    expect(result).toBe('noDecision')
    station.stop()
  })
})

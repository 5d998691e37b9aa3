import { fault, type Fault } from '../../../domain/fault.ts'
import type { Health } from '../../../domain/health.ts'
import type { OutputReceipt } from '../../../domain/inspection.ts'
import type { LineInput, OutputOrder } from '../../../domain/lineSignals.ts'
import { fail, succeed } from '../../../domain/result.ts'
import type { ClockPort } from '../../../ports/clock.ts'
import type { PlcPort } from '../../../ports/plc.ts'
import { targetText, type ModbusServerTarget } from '../plcTarget.ts'
import { handshakeRegisters } from './handshakeRegisters.ts'
import { isPlcFresh, longestDeadlineMs } from './handshakeState.ts'
import { modbusServer } from './modbusServer.ts'
import { runHandshake } from './runHandshake.ts'

/**
 * The PLC port as Modbus TCP server: a PLC polls the registers and drives the handshake of docs/handshake.md. What follows from what is
 * `nextHandshake`; here it meets sockets and the clock.
 */
export function modbusServerPlc(target: ModbusServerTarget, clock: ClockPort): PlcPort {
  const healthListeners = new Set<(health: Health) => void>()
  const inputListeners = new Set<(input: LineInput) => void>()
  let shut: Fault | null = fault('plc/unreachable', 'the PLC has not been opened')
  let isOpened = false
  let told: Health = { status: 'waiting', detail: 'not opened yet' }

  const handshake = runHandshake(clock, (input) => { for (const listener of inputListeners) listener(input) }, tellHealth)
  const registers = handshakeRegisters(handshake, () => server.counts)
  const server = modbusServer({ target, clock, bankFor: registers.bankFor, onGone: registers.gone })

  function health(): Health {
    if (!isOpened) return { status: 'waiting', detail: 'not opened yet' }
    if (shut) return { status: 'failure', detail: `${shut.code}: ${shut.detail}` }
    const { controller } = registers
    if (controller && isPlcFresh(handshake.state)) return { status: 'ok', detail: `${targetText(target)}, controlled by ${controller.name}` }
    return { status: 'failure', detail: `plc/unreachable: ${controller ? `the heartbeat of ${controller.name} stands still` : `no PLC controls ${targetText(target)}`}` }
  }

  function tellHealth(): void {
    const now = health()
    if (now.status === told.status && now.detail === told.detail) return
    told = now
    for (const listener of healthListeners) listener(now)
  }

  async function drive(order: OutputOrder): Promise<OutputReceipt> {
    const { output, askedMs, part } = order
    const receipt: OutputReceipt = { output, coil: null, delayMs: 0, pulseMs: 0, askedMs, onMs: null, offMs: null, readBack: 'unknown', fault: shut, acknowledgedMs: null }
    if (shut) return receipt
    if (!part) return { ...receipt, fault: fault('plc/refused', 'the PLC moves its own outputs: it is told of parts that it announced') }
    const { publishedMs, ...settlement } = await handshake.order(order, part)
    const { acknowledgedMs } = settlement
    return { ...receipt, ...settlement, onMs: publishedMs, offMs: acknowledgedMs, readBack: acknowledgedMs === null ? 'unknown' : 'agrees' }
  }

  return {
    isSimulated: false,
    async open({ line }) {
      const listening = await server.listen()
      isOpened = true
      shut = listening.ok ? null : listening.fault
      handshake.apply({ kind: 'opened', limits: { deadlineMs: line?.deadlineMs ?? longestDeadlineMs, confirmWithinMs: line?.confirmWithinMs ?? null } })
      return listening
    },
    onInput(listener) {
      inputListeners.add(listener)
      return () => inputListeners.delete(listener)
    },
    // The handshake has known the part since its trigger, and holds it for a reject until its own pass.
    track: () => undefined,
    drive,
    tell(status) { handshake.apply({ kind: 'told', status }) },
    async makeSafe() {
      handshake.apply({ kind: 'madeSafe' })
      return shut ? fail(shut) : succeed(undefined)
    },
    health,
    onHealth(listener) {
      healthListeners.add(listener)
      return () => healthListeners.delete(listener)
    },
    onCoil: () => () => undefined,
    registers: async () => (shut ? fail(shut) : succeed(registers.rows())),
    force: async () => fail(fault('plc/refused', 'the PLC moves its own outputs: there is nothing to force')),
    onTraffic: server.onTraffic,
    async close() {
      shut = fault('plc/unreachable', 'the PLC has been closed')
      handshake.apply({ kind: 'closed' })
      isOpened = false
      await server.close()
      tellHealth()
    },
  }
}

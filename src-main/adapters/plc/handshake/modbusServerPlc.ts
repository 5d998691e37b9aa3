import { fault, type Fault } from '../../../domain/fault.ts'
import type { Health } from '../../../domain/health.ts'
import type { OutputReceipt } from '../../../domain/inspection.ts'
import type { LineInput, OutputOrder, RegisterRow } from '../../../domain/lineSignals.ts'
import { fail, succeed } from '../../../domain/result.ts'
import type { ClockPort } from '../../../ports/clock.ts'
import type { PlcPort } from '../../../ports/plc.ts'
import { targetText, type ModbusServerTarget } from '../plcTarget.ts'
import { exceptions, type RegisterBank } from './answerRequest.ts'
import { isPlcFresh, longestDeadlineMs, newHandshake, type HandshakeEffect, type Settlement } from './handshakeState.ts'
import { modbusServer, type ModbusClient } from './modbusServer.ts'
import { nextDueMs, nextHandshake, type HandshakeInput } from './nextHandshake.ts'
import { controlRegisterCount, controlRegisters, diagnosticRegisters, firstDiagnosticRegister, firstResultRegister, resultRegisters } from './registerMap.ts'
import { diagnosticImage, registerImage } from './registerImage.ts'

const notOpened = fault('plc/unreachable', 'the PLC has not been opened')

/**
 * The PLC port as Modbus TCP server: a PLC polls the registers and drives the handshake of docs/handshake.md. The handshake itself is
 * `nextHandshake`; here it meets sockets and the clock.
 */
export function modbusServerPlc(target: ModbusServerTarget, clock: ClockPort): PlcPort {
  const healthListeners = new Set<(health: Health) => void>()
  const inputListeners = new Set<(input: LineInput) => void>()
  const ordered = new Map<number, (settlement: Settlement) => void>()
  let state = newHandshake(clock.monotonicMs(), { deadlineMs: longestDeadlineMs, confirmWithinMs: null })
  let closedBecause: Fault | null = notOpened
  let isOpened = false
  let controller: ModbusClient | undefined
  let refusedWrites = 0
  let told: Health = { status: 'waiting', detail: 'not opened yet' }
  let waking: { readonly dueMs: number; readonly abort: AbortController } | undefined

  const server = modbusServer({
    target,
    clock,
    bankFor,
    onGone(client) {
      if (client !== controller) return
      controller = undefined
      apply({ kind: 'controllerLost', atMs: clock.monotonicMs() })
    },
  })

  function apply(input: HandshakeInput): void {
    const step = nextHandshake(state, input)
    state = step.state
    for (const effect of step.effects) follow(effect)
    tellHealth()
    wakeInTime()
  }

  function follow(effect: HandshakeEffect): void {
    if (effect.kind === 'heard') for (const listener of inputListeners) listener(effect.input)
    else ordered.get(effect.triggerNumber)?.(effect.settlement)
  }

  function wakeInTime(): void {
    const dueMs = closedBecause ? Infinity : nextDueMs(state)
    if (dueMs === waking?.dueMs) return
    waking?.abort.abort()
    waking = undefined
    if (dueMs === Infinity) return
    const ours = { dueMs, abort: new AbortController() }
    waking = ours
    void clock.sleep(dueMs - clock.monotonicMs(), ours.abort.signal).then(() => {
      if (waking !== ours) return
      waking = undefined
      apply({ kind: 'time', atMs: clock.monotonicMs() })
    })
  }

  /** A request finds the registers as they are now, however late the timers are. */
  function bankFor(client: ModbusClient): RegisterBank {
    return {
      read(space, address, count) {
        apply({ kind: 'time', atMs: clock.monotonicMs() })
        const words = (first: number, image: ArrayLike<number>): readonly number[] | null =>
          address >= first && address + count <= first + image.length ? Array.from({ length: count }, (_, i) => image[address - first + i]!) : null
        switch (space) {
          case 'holdingRegister': return words(0, state.control) ?? words(firstResultRegister, registerImage(state))
          case 'inputRegister': return words(firstResultRegister, registerImage(state)) ?? words(firstDiagnosticRegister, diagnostics())
          case 'coil': return words(0, bitsOf(state.control[0]!))
          case 'discreteInput': return words(0, bitsOf(registerImage(state)[0]!))
        }
      },
      write(address, values) {
        const refusal = refusalOf(client, address, values)
        if (refusal) {
          refusedWrites++
          return refusal
        }
        takeOver(client)
        apply({ kind: 'written', start: address, values, atMs: clock.monotonicMs() })
        return null
      },
    }
  }

  function refusalOf(client: ModbusClient, address: number, values: readonly number[]): ReturnType<RegisterBank['write']> {
    if (address + values.length > controlRegisterCount) return { exception: exceptions.illegalAddress, why: `only registers 0–${controlRegisterCount - 1} may be written` }
    apply({ kind: 'time', atMs: clock.monotonicMs() })
    return controller && controller !== client && isPlcFresh(state) ? { exception: exceptions.deviceBusy, why: `${controller.name} controls` } : null
  }

  /** A controller whose heartbeat stands still has gone, whatever its connection looks like. */
  function takeOver(client: ModbusClient): void {
    if (controller === client) return
    const former = controller
    controller = client
    former?.drop()
  }

  const diagnostics = (): Uint16Array => diagnosticImage(state, { ...server.counts, refusedWrites })

  function health(): Health {
    if (!isOpened) return { status: 'waiting', detail: 'not opened yet' }
    if (closedBecause) return { status: 'failure', detail: `${closedBecause.code}: ${closedBecause.detail}` }
    if (isPlcFresh(state) && controller) return { status: 'ok', detail: `${targetText(target)}, controlled by ${controller.name}` }
    return { status: 'failure', detail: `plc/unreachable: ${controller ? `the heartbeat of ${controller.name} stands still` : `no PLC controls ${targetText(target)}`}` }
  }

  function tellHealth(): void {
    const now = health()
    if (now.status === told.status && now.detail === told.detail) return
    told = now
    for (const listener of healthListeners) listener(now)
  }

  function drive(order: OutputOrder): Promise<OutputReceipt> {
    const { output, askedMs, part } = order
    const receipt: OutputReceipt = { output, coil: null, delayMs: 0, pulseMs: 0, askedMs, onMs: null, offMs: null, readBack: 'unknown', fault: null, acknowledgedMs: null }
    const refuse = (trouble: Fault): Promise<OutputReceipt> => Promise.resolve({ ...receipt, fault: trouble })
    if (closedBecause) return refuse(closedBecause)
    if (!part) return refuse(fault('plc/refused', 'the PLC moves its own outputs: it is told of parts that it announced'))
    if (ordered.has(part.triggerNumber)) return refuse(fault('plc/refused', `trigger ${part.triggerNumber} has its order already`))
    return new Promise((resolve) => {
      ordered.set(part.triggerNumber, ({ publishedMs, ...settlement }) => {
        ordered.delete(part.triggerNumber)
        const { acknowledgedMs } = settlement
        resolve({ ...receipt, ...settlement, onMs: publishedMs, offMs: acknowledgedMs, readBack: acknowledgedMs === null ? 'unknown' : 'agrees' })
      })
      apply({ kind: 'ordered', order, part, atMs: clock.monotonicMs() })
    })
  }

  function rows(): readonly RegisterRow[] {
    const row = (space: RegisterRow['space'], addresses: Readonly<Record<string, number>>, image: ArrayLike<number>): RegisterRow[] =>
      Object.entries(addresses).map(([name, address]) => ({ space, address, name, value: image[address - Object.values(addresses)[0]!]!, canForce: false }))
    return [
      ...row('holdingRegister', controlRegisters, state.control),
      ...row('holdingRegister', resultRegisters, registerImage(state)),
      ...row('inputRegister', diagnosticRegisters, diagnostics()),
    ]
  }

  return {
    isSimulated: false,
    async open({ line }) {
      const listening = await server.listen()
      isOpened = true
      closedBecause = listening.ok ? null : listening.fault
      apply({ kind: 'opened', limits: { deadlineMs: line?.deadlineMs ?? longestDeadlineMs, confirmWithinMs: line?.confirmWithinMs ?? null }, atMs: clock.monotonicMs() })
      return listening
    },
    onInput(listener) {
      inputListeners.add(listener)
      return () => inputListeners.delete(listener)
    },
    // The handshake has known the part since its trigger, and holds it for a reject until its own pass.
    track: () => undefined,
    drive,
    tell(status) { apply({ kind: 'told', status, atMs: clock.monotonicMs() }) },
    makeSafe() {
      apply({ kind: 'madeSafe', atMs: clock.monotonicMs() })
      return Promise.resolve(closedBecause ? fail(closedBecause) : succeed(undefined))
    },
    health,
    onHealth(listener) {
      healthListeners.add(listener)
      return () => healthListeners.delete(listener)
    },
    onCoil: () => () => undefined,
    registers() {
      apply({ kind: 'time', atMs: clock.monotonicMs() })
      return Promise.resolve(closedBecause ? fail(closedBecause) : succeed(rows()))
    },
    force: () => Promise.resolve(fail(fault('plc/refused', 'the PLC moves its own outputs: there is nothing to force'))),
    onTraffic: server.onTraffic,
    async close() {
      closedBecause = fault('plc/unreachable', 'the PLC has been closed')
      apply({ kind: 'closed', atMs: clock.monotonicMs() })
      isOpened = false
      await server.close()
      tellHealth()
    },
  }
}

const bitsOf = (word: number): readonly number[] => Array.from({ length: 16 }, (_, bit) => (word >> bit) & 1)

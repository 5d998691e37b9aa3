import { newHandshake, type Handshake, type HandshakeEffect, type Settlement } from '../../src-main/adapters/plc/handshake/handshakeState.ts'
import { nextHandshake } from '../../src-main/adapters/plc/handshake/nextHandshake.ts'
import { registerImage } from '../../src-main/adapters/plc/handshake/registerImage.ts'
import { controlBits, controlRegisterCount, controlRegisters, resultCodes, resultRegisters, statusBits, type ControlBit, type ControlRegister, type ResultName, type ResultRegister, type StatusBit } from '../../src-main/adapters/plc/handshake/registerMap.ts'
import type { LineInput, OutputOrder, StationStatus, TrackedPart } from '../../src-main/domain/lineSignals.ts'

/** A station that says of itself what it must for READY. */
export const readyStatus: StationStatus = {
  state: 'ready', fault: null, stopRequested: false, evidenceDegraded: false, isRecipeOk: true, isSimulated: false, recipeNumber: 3, settingsFingerprint: 0xbeef, bootId: 77, ledgerRoot: 0x1234_5678,
  counters: { triggers: 0, passes: 0, rejects: 0, noDecisions: 0, missed: 0, late: 0, overrun: 0 },
}

export const orderFor = (part: TrackedPart, result: ResultName): OutputOrder => ({
  output: result === 'pass' ? 'accept' : 'reject',
  askedMs: part.edgeMs,
  line: null,
  part,
  outcome: result === 'noDecision' ? null : result === 'pass' ? 'pass' : 'fail',
  defectClass: result === 'reject' ? 2 : 0,
  processMs: 41.6,
})

/** Words 100–119 by name. */
export function readImage(image: ArrayLike<number>) {
  const word = (name: ResultRegister): number => image[resultRegisters[name] - 100]!
  const bit = (name: StatusBit): boolean => ((word('status') >> statusBits[name]) & 1) === 1
  return {
    word,
    bit,
    get bits(): string { return (Object.keys(statusBits) as StatusBit[]).filter(bit).join(' ') },
    get result(): string { return Object.entries(resultCodes).find(([, code]) => code === word('result'))?.[0] ?? 'none of them' },
  }
}

/** A PLC and a station at the two ends of one handshake, without sockets or time of their own. */
export class HandshakeBench {
  state: Handshake
  readonly heard: LineInput[] = []
  readonly settled = new Map<number, Settlement>()
  #bits = new Set<ControlBit>()
  #heartbeat = 0
  #unanswered = 0

  constructor(limits: Partial<Handshake['limits']> = {}) {
    this.state = newHandshake(0, { deadlineMs: 300, confirmWithinMs: null, ...limits })
  }

  get image() { return readImage(registerImage(this.state)) }
  /** Orders without an answer. */
  get unanswered(): number { return this.#unanswered }
  get triggered(): TrackedPart[] { return this.heard.flatMap((input) => (input.kind === 'triggered' ? [input.part] : [])) }

  apply(input: Parameters<typeof nextHandshake>[1]): readonly HandshakeEffect[] {
    if (input.kind === 'ordered') this.#unanswered++
    const { state, effects } = nextHandshake(this.state, input)
    this.state = state
    for (const effect of effects) {
      if (effect.kind === 'heard') this.heard.push(effect.input)
      else if (--this.#unanswered < 0) throw new Error(`trigger ${effect.triggerNumber} was answered without an order`)
      else this.settled.set(effect.triggerNumber, effect.settlement)
    }
    return effects
  }

  /** The PLC sets and clears bits and writes registers, its heartbeat with them, in one request. */
  plc(bits: Partial<Record<ControlBit, boolean>>, registers: Partial<Record<ControlRegister, number>> = {}): readonly HandshakeEffect[] {
    for (const [bit, isOn] of Object.entries(bits) as [ControlBit, boolean][]) {
      if (isOn) this.#bits.add(bit)
      else this.#bits.delete(bit)
    }
    const values = [...this.state.control]
    values[0] = [...this.#bits].reduce((word, bit) => word | (1 << controlBits[bit]), 0)
    values[controlRegisters.plcHeartbeat] = this.#heartbeat = (this.#heartbeat + 1) & 0xffff
    for (const [name, value] of Object.entries(registers) as [ControlRegister, number][]) values[controlRegisters[name]] = value
    return this.apply({ kind: 'written', start: 0, values: values.slice(0, controlRegisterCount), atMs: this.state.nowMs })
  }

  tell(status: Partial<StationStatus> = {}): void { this.apply({ kind: 'told', status: { ...readyStatus, ...status }, atMs: this.state.nowMs }) }

  /** Time in which both ends go on speaking, unless said otherwise. */
  wait(ms: number, silent: { plc?: boolean; station?: boolean } = {}): void {
    const status = this.state.status
    const untilMs = this.state.nowMs + ms
    while (this.state.nowMs < untilMs) {
      this.apply({ kind: 'time', atMs: Math.min(untilMs, this.state.nowMs + 50) })
      if (!silent.plc) this.plc({})
      if (!silent.station && status) this.tell(status)
    }
  }

  /** Enabled, with both heartbeats fresh. */
  start(): this {
    this.plc({ enable: true })
    this.tell()
    return this
  }

  trigger(partId: number, more: Partial<Record<ControlBit, boolean>> = {}): TrackedPart {
    this.plc({ ...more, trigger: true }, { partId })
    return this.triggered.at(-1)!
  }

  order(part: TrackedPart, result: ResultName): void { this.orderAs(part, orderFor(part, result)) }

  orderAs(part: TrackedPart, order: OutputOrder): void { this.apply({ kind: 'ordered', order, part, atMs: this.state.nowMs }) }

  /** Trigger to ack of the result, and READY again. */
  part(partId: number, result: ResultName): TrackedPart {
    const part = this.trigger(partId)
    this.plc({ trigger: false })
    this.order(part, result)
    this.ack()
    this.tell()
    return part
  }

  ack(): void {
    this.plc({ resultAck: true })
    this.plc({ resultAck: false })
  }
}

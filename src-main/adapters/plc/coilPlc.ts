import { fault, type Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { LineInput, OutputOrder } from '../../domain/lineSignals.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'
import { aliveSignal } from './aliveSignal.ts'
import { checkedCoils } from './checkedCoils.ts'
import type { CoilLink } from './coilLink.ts'
import { forcedCoils, notWired } from './forcedCoils.ts'
import { inputScan } from './inputScan.ts'
import { keptLink } from './keptLink.ts'
import { lineInputs, type WiredInput } from './lineInputs.ts'
import { linkRequests } from './linkRequests.ts'
import { pulseLane, timedSpan } from './pulseLane.ts'
import { readRegisters } from './readRegisters.ts'
import { rejectConfirmation, type RejectConfirmation } from './rejectConfirmation.ts'
import { taskQueue } from './taskQueue.ts'
import { wiredCoils, type WiredCoil } from './wiredCoils.ts'

/** A half-open TCP connection looks writable for minutes; only asking finds it. */
export const heartbeatMs = 1_000

const noInputs: readonly WiredInput[] = []

/** The PLC port over one connection to coils and inputs. `random` gives 0–1. */
export function coilPlc(link: CoilLink, clock: ClockPort, random: () => number = Math.random): PlcPort {
  const healthListeners = new Set<(health: Health) => void>()
  const inputListeners = new Set<(input: LineInput) => void>()
  let wiring: LineWiring | undefined
  let wired: readonly WiredCoil[] = []
  let inputs = noInputs
  let confirmation: RejectConfirmation | undefined
  /** Never starts anew while this process lives: a repeat is a sign that it was another one. */
  let triggers = 0
  let lastHealth: Health = { status: 'waiting', detail: 'not opened yet' }

  const kept = keptLink(link, clock, random, {
    prepare: allOff,
    onUp(signal) {
      tellHealth()
      void beat(signal)
      inputs = inputsOf(wiring)
      void scan.run({ inputs: inputs.map((input) => input.address), encoder: wiring?.line?.encoder }, signal)
    },
    onLost(reason) {
      coils.forget()
      pulses.cut(reason)
      tellHealth()
    },
  })
  const requests = linkRequests(link, taskQueue(), clock)
  const coils = checkedCoils(requests, clock, tellHealthWhileUp)
  const scan = inputScan(requests, link.scanMs, clock, {
    onInput(address, isOn, atMs) { for (const input of inputs) if (input.address === address) input.look(isOn, atMs) },
    onCount: () => undefined,
  }, tellHealthWhileUp)
  const pulses = pulseLane(coils, clock, kept.lost)
  const forced = forcedCoils(coils, clock)
  const alive = aliveSignal(async (isOn) => {
    const coil = wiring?.line?.aliveCoil
    if (coil !== undefined) await coils.set(coil, isOn, kept.lost)
  }, clock)

  function health(): Health {
    if (!kept.isOpened()) return { status: 'waiting', detail: 'not opened yet' }
    const trouble = kept.lost() ?? coils.faults()[0] ?? scan.fault()
    return trouble ? { status: 'failure', detail: `${trouble.code}: ${trouble.detail}` } : { status: 'ok', detail: link.name }
  }

  function tellHealth(): void {
    const now = health()
    if (now.status === lastHealth.status && now.detail === lastHealth.detail) return
    lastHealth = now
    for (const listener of healthListeners) listener(now)
  }

  function tellHealthWhileUp(): void {
    if (!kept.lost()) tellHealth()
  }

  /** Looks at one coil after the other: finds a connection that died silently, and a coil that somebody else moved. */
  async function beat(signal: AbortSignal): Promise<void> {
    for (let turn = 0; ; turn++) {
      await clock.sleep(heartbeatMs, signal)
      if (signal.aborted) return
      await coils.check(wired[turn % wired.length]!.coil)
    }
  }

  const tellInput = (input: LineInput): void => { for (const listener of inputListeners) listener(input) }

  const inputsOf = (now: LineWiring | undefined): readonly WiredInput[] =>
    lineInputs(now?.line, {
      triggered: (edgeMs) => { tellInput({ kind: 'triggered', part: { partId: null, triggerNumber: ++triggers, edgeMs, encoderCount: null, isChallenge: false } }) },
      rejectSeen: (edgeMs) => { if (confirmation?.sawReject(edgeMs) === false) tellInput({ kind: 'unexpectedRemoval', atMs: edgeMs }) },
      exitSeen: (edgeMs) => { confirmation?.sawExit(edgeMs) },
    })

  /** Whatever the coils did while nobody could reach them, they are off before the first pulse. */
  async function allOff(): Promise<Result<void>> {
    const steps = await Promise.all(wired.map(({ coil }) => coils.set(coil, false)))
    const trouble = steps.find((step) => step.fault)?.fault
    return trouble ? fail(trouble) : succeed(undefined)
  }

  /** Nothing moves any more, and nothing that was under way goes on. */
  async function calm(reason: Fault): Promise<void> {
    alive.stop()
    forced.forget()
    confirmation?.cancel()
    await pulses.cancel(reason)
  }

  async function makeSafe(): Promise<Result<void>> {
    await calm(fault('station/interrupted', 'the outputs were made safe'))
    const lost = kept.lost()
    return lost ? fail(lost) : allOff()
  }

  async function drive({ output, line, part, askedMs }: OutputOrder): Promise<OutputReceipt> {
    if (!line) return { output, coil: null, delayMs: 0, pulseMs: 0, askedMs, onMs: null, offMs: null, readBack: 'notWired', fault: null }
    const { coil, delayMs, pulseMs } = line
    const span = timedSpan(line, (line.delayFrom === 'trigger' && part ? part.edgeMs : askedMs) + delayMs)
    const pulse = pulses.give(span)
    const beganMs = await pulse.begun
    const confirmed = output === 'reject' && beganMs !== null ? confirmation?.rejected(Math.max(beganMs, span.dueMs())) : undefined
    const receipt: OutputReceipt = { output, coil, delayMs, pulseMs, askedMs, ...(await pulse.ended) }
    return confirmed ? { ...receipt, confirmedMs: await confirmed } : receipt
  }

  return {
    isSimulated: link.isSimulated,
    open: (wanted) =>
      kept.open(async () => {
        await calm(fault('station/interrupted', 'the outputs were opened again'))
        coils.forget()
        wiring = wanted
        wired = wiredCoils(wanted)
        const { confirmWithinMs, inputs: eyes } = wanted.line ?? {}
        confirmation = confirmWithinMs !== undefined && eyes?.rejectConfirmed !== undefined ? rejectConfirmation(confirmWithinMs, link.scanMs, clock) : undefined
      }),
    onInput(listener) {
      inputListeners.add(listener)
      return () => inputListeners.delete(listener)
    },
    track: () => undefined,
    tell: () => { if (!kept.lost()) alive.beat() },
    onTraffic: requests.onTraffic,
    drive,
    registers: async () => {
      const lost = kept.lost()
      return lost ? fail(lost) : succeed(await readRegisters(requests, wired, inputs, wiring?.line?.encoder))
    },
    force: async (coil, isOn) => {
      const lost = kept.lost()
      if (lost) return fail(lost)
      return wired.some((one) => one.coil === coil) ? forced.force(coil, isOn) : notWired(coil)
    },
    makeSafe,
    health,
    onHealth(listener) {
      healthListeners.add(listener)
      return () => healthListeners.delete(listener)
    },
    onCoil: coils.onCoil,
    async close() {
      await makeSafe()
      await kept.close()
      tellHealth()
    },
  }
}

import { fault, type Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { OutputOrder, RegisterRow } from '../../domain/lineSignals.ts'
import { outputNames } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { checkedCoils } from './checkedCoils.ts'
import type { CoilLink } from './coilLink.ts'
import { pulseLane } from './pulseLane.ts'
import { taskQueue } from './taskQueue.ts'

/** A half-open TCP connection looks writable for minutes; only asking finds it. */
export const heartbeatMs = 1_000

const backOffMs = { first: 100, last: 1_500 }

/**
 * Waits between attempts to connect: doubling from 0.1 s to 1.5 s, of which a random half is taken off so that several stations
 * do not knock together. With a connect timeout of 1 s a link that returns is up again within 3 s.
 */
export const reconnectWaitMs = (attempt: number, random: number): number =>
  Math.min(backOffMs.last, backOffMs.first * 2 ** attempt) * (1 - random / 2)

/** The PLC port over one connection to coils. `random` gives 0–1. */
export function coilPlc(link: CoilLink, clock: ClockPort, random: () => number = Math.random): PlcPort {
  const establishing = taskQueue()
  const healthListeners = new Set<(health: Health) => void>()
  let wired: readonly number[] = []
  let lost: Fault | null = fault('plc/unreachable', 'the PLC has not been opened')
  let isOpened = false
  let retrying: AbortController | undefined
  let beating: AbortController | undefined
  let lastHealth: Health = { status: 'waiting', detail: 'not opened yet' }

  const coils = checkedCoils(link, clock, () => { if (!lost) tellHealth() })
  const pulses = pulseLane(coils, clock, () => lost)
  link.onLost(lose)

  function health(): Health {
    if (!isOpened) return { status: 'waiting', detail: 'not opened yet' }
    const trouble = lost ?? coils.faults()[0]
    return trouble ? { status: 'failure', detail: `${trouble.code}: ${trouble.detail}` } : { status: 'ok', detail: link.name }
  }

  function tellHealth(): void {
    const now = health()
    if (now.status === lastHealth.status && now.detail === lastHealth.detail) return
    lastHealth = now
    for (const listener of healthListeners) listener(now)
  }

  function lose(reason: Fault): void {
    if (!isOpened) return
    lost = reason
    beating?.abort()
    coils.forget()
    pulses.cut(reason)
    tellHealth()
    void keepConnecting()
  }

  /** Whatever the coils did while nobody could reach them, they are off before the first pulse. */
  async function establish(): Promise<Result<void>> {
    const connected = await link.connect()
    if (!connected.ok) {
      lose(connected.fault)
      return connected
    }
    const safe = await allOff()
    if (!link.isConnected) return safe
    lost = null
    tellHealth()
    void beat()
    return safe
  }

  async function keepConnecting(): Promise<void> {
    if (retrying) return
    const ours = new AbortController()
    retrying = ours
    for (let attempt = 0; lost && !ours.signal.aborted; attempt++) {
      await clock.sleep(reconnectWaitMs(attempt, random()), ours.signal)
      await establishing(async () => { if (lost && !ours.signal.aborted) await establish() })
    }
    if (retrying === ours) retrying = undefined
  }

  /** Looks at one coil after the other: finds a connection that died silently, and a coil that somebody else moved. */
  async function beat(): Promise<void> {
    beating?.abort()
    beating = new AbortController()
    const { signal } = beating
    for (let turn = 0; ; turn++) {
      await clock.sleep(heartbeatMs, signal)
      if (signal.aborted) return
      await coils.check(wired[turn % wired.length]!)
    }
  }

  async function allOff(): Promise<Result<void>> {
    const steps = await Promise.all(wired.map((coil) => coils.set(coil, false)))
    const trouble = steps.find((step) => step.fault)?.fault
    return trouble ? fail(trouble) : succeed(undefined)
  }

  async function makeSafe(): Promise<Result<void>> {
    await pulses.cancel(fault('station/interrupted', 'the outputs were made safe'))
    return lost ? fail(lost) : allOff()
  }

  async function drive({ output, line, part, askedMs }: OutputOrder): Promise<OutputReceipt> {
    if (!line) return { output, coil: null, delayMs: 0, pulseMs: 0, askedMs, onMs: null, offMs: null, readBack: 'notWired', fault: null }
    const { coil, delayMs, pulseMs } = line
    const fromMs = line.delayFrom === 'trigger' && part ? part.edgeMs : askedMs
    return { output, coil, delayMs, pulseMs, askedMs, ...(await pulses.drive(line, fromMs + delayMs)) }
  }

  async function registers(): Promise<Result<readonly RegisterRow[]>> {
    if (lost) return fail(lost)
    const values = await Promise.all(wired.map((coil) => coils.read(coil)))
    return succeed(wired.map((address, i): RegisterRow => ({ space: 'coil', address, name: 'output', value: values[i]!.ok ? Number(values[i]!.value) : null, canForce: true })))
  }

  return {
    isSimulated: link.isSimulated,
    open: ({ outputs }) =>
      establishing(async () => {
        await pulses.cancel(fault('station/interrupted', 'the outputs were opened again'))
        coils.forget()
        wired = outputNames.flatMap((name) => outputs[name]?.coil ?? [])
        isOpened = true
        return establish()
      }),
    onInput: () => () => undefined,
    track: () => undefined,
    tell: () => undefined,
    onTraffic: () => () => undefined,
    drive,
    registers,
    async force(coil, isOn) {
      const moved = await coils.set(coil, isOn, () => lost)
      return moved.fault ? fail(moved.fault) : succeed(undefined)
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
      await establishing(async () => {
        isOpened = false
        lost = fault('plc/unreachable', 'the PLC has been closed')
        retrying?.abort()
        retrying = undefined
        beating?.abort()
        link.drop(lost)
        tellHealth()
      })
    },
  }
}

import { fault, type Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { LineInput, TrackedPart } from '../../domain/lineSignals.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { aliveSignal } from './aliveSignal.ts'
import { checkedCoils } from './checkedCoils.ts'
import type { CoilLink } from './coilLink.ts'
import { forcedCoils, notWired } from './forcedCoils.ts'
import { inputScan } from './inputScan.ts'
import { keptLink } from './keptLink.ts'
import { notMoved } from './lineOrders.ts'
import { linkRequests } from './linkRequests.ts'
import { maxLateMs, pulseLane } from './pulseLane.ts'
import { readRegisters } from './readRegisters.ts'
import { taskQueue } from './taskQueue.ts'
import { wiringTrouble } from './wiringTrouble.ts'
import { wiredLine, type WiredLine } from './wiredLine.ts'

/** A half-open TCP connection looks writable for minutes; only asking finds it. */
export const heartbeatMs = 1_000

const nobodyDecides = fault('station/interrupted', 'the station has fallen silent meanwhile')

export interface CoilPlcOptions {
  /** Waits for the moments of pulses; as exact as they shall be. */
  readonly pulseClock?: ClockPort
  /** Gives 0–1. */
  readonly random?: () => number
}

/** The PLC port over one connection to coils and inputs. */
export function coilPlc(link: CoilLink, clock: ClockPort, { pulseClock = clock, random = Math.random }: CoilPlcOptions = {}): PlcPort {
  const healthListeners = new Set<(health: Health) => void>()
  const inputListeners = new Set<(input: LineInput) => void>()
  let line: WiredLine | undefined
  /** Never starts anew while this process lives: a repeat is a sign that it was another one. */
  let triggers = 0
  let lastHealth: Health = { status: 'waiting', detail: 'not opened yet' }

  const kept = keptLink(link, clock, random, {
    prepare: allOff,
    onUp(signal) {
      tellHealth()
      void beat(signal)
      if (line) void scan.run(line.beginScan(), signal)
    },
    onLost(reason) {
      coils.forget()
      pulses.cut(reason)
      tellHealth()
    },
  })
  const requests = linkRequests(link, taskQueue(), clock)
  const coils = checkedCoils(requests, clock, tellHealthWhileUp)
  const scan = inputScan({
    requests,
    standAside: () => standAside(1),
    link,
    clock,
    listener: { onInput: (...look) => line?.onInput(...look), onCount: (...look) => line?.onCount(...look) },
    onFault: tellHealthWhileUp,
  })
  const pulses = pulseLane({ coils, clock, pulseClock, lost: kept.lost, mayBeLateMs: () => maxLateMs(line?.belt) })
  const forced = forcedCoils(coils, clock)
  const alive = aliveSignal(async (isOn) => {
    await standAside(2)
    if (line?.aliveCoil !== undefined) await coils.set(line.aliveCoil, isOn, () => kept.lost() ?? (isOn && !alive.isHeard() ? nobodyDecides : null))
  }, clock)

  function health(): Health {
    if (!kept.isOpened()) return { status: 'waiting', detail: 'not opened yet' }
    const trouble = kept.lost() ?? coils.faults()[0] ?? scan.fault() ?? line?.fault()
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

  /** Whoever can wait asks for nothing that would still be under way at a pulse's moment: so many requests, and a little. It lets one pass, no more. */
  async function standAside(wanted: number): Promise<void> {
    const leftMs = pulses.nextMs() - clock.monotonicMs()
    if (leftMs <= wanted * requests.usualMs() + 1) await clock.sleep(leftMs)
  }

  /** Looks at one coil after the other: finds a connection that died silently, and a coil that somebody else moved. */
  async function beat(signal: AbortSignal): Promise<void> {
    for (let turn = 0; ; turn++) {
      await clock.sleep(heartbeatMs, signal)
      if (signal.aborted) return
      await standAside(1)
      const wired = line!.coils
      await coils.check(wired[turn % wired.length]!.coil)
    }
  }

  const tellInput = (input: LineInput): void => { for (const listener of inputListeners) listener(input) }

  /** A part that nobody has heard of by the time it reaches its ejector is rejected, as long as there is a station that decides. */
  function trigger(part: Omit<TrackedPart, 'triggerNumber'>): void {
    const announced = { ...part, triggerNumber: ++triggers }
    if (alive.isHeard()) line?.orders.track(announced)
    tellInput({ kind: 'triggered', part: announced })
  }

  /** Whatever the coils did while nobody could reach them, they are off before the first pulse. */
  async function allOff(): Promise<Result<void>> {
    const steps = await Promise.all((line?.coils ?? []).map(({ coil }) => coils.set(coil, false)))
    const trouble = steps.find((step) => step.fault)?.fault
    return trouble ? fail(trouble) : succeed(undefined)
  }

  /** Nothing moves any more, and nothing that was under way goes on. */
  async function calm(reason: Fault): Promise<void> {
    alive.stop()
    forced.forget()
    line?.orders.forget()
    await pulses.cancel(reason)
  }

  async function makeSafe(): Promise<Result<void>> {
    await calm(fault('station/interrupted', 'the outputs were made safe'))
    const lost = kept.lost()
    return lost ? fail(lost) : allOff()
  }

  return {
    isSimulated: link.isSimulated,
    async open(wanted) {
      const trouble = wiringTrouble(wanted)
      if (trouble) return fail(trouble)
      return kept.open(async () => {
        await calm(fault('station/interrupted', 'the outputs were opened again'))
        coils.forget()
        line?.close()
        line = wiredLine(wanted, { pulses, clock, trigger, tellInput, onFault: tellHealthWhileUp })
      })
    },
    onInput(listener) {
      inputListeners.add(listener)
      return () => inputListeners.delete(listener)
    },
    track: (part) => line?.orders.track(part),
    tell: () => { if (!kept.lost()) alive.beat() },
    onTraffic: requests.onTraffic,
    drive: (order) => line?.orders.drive(order) ?? Promise.resolve(notMoved(order, kept.lost()!)),
    registers: async () => {
      const lost = kept.lost()
      return lost ? fail(lost) : succeed(await readRegisters(requests, line!))
    },
    force: async (coil, isOn) => {
      const lost = kept.lost()
      if (lost) return fail(lost)
      return line?.coils.some((one) => one.coil === coil) ? forced.force(coil, isOn) : notWired(coil)
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
      line?.close()
      await kept.close()
      tellHealth()
    },
  }
}

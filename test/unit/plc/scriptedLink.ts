import { requestTimeoutMs, type CoilLink } from '../../../src-main/adapters/plc/coilLink.ts'
import { fault, type Fault } from '../../../src-main/domain/fault.ts'
import { fail, succeed, type Result } from '../../../src-main/domain/result.ts'
import type { ClockPort } from '../../../src-main/ports/clock.ts'

/** What becomes of one request; `applied` without an answer is what makes a state unknown. */
export type Fate = 'answered' | 'lost' | 'appliedUnanswered' | 'refused'

export interface ScriptedLink extends CoilLink {
  readonly coils: Map<number, boolean>
  readonly log: string[]
  /** Fates of the next requests, in order; everything after them is answered. */
  readonly fates: Fate[]
  reachable: boolean
}

/** A link that takes no time, except for what it is told to leave unanswered. Its log reads `50 write 3 on`. */
export function scriptedLink(clock: ClockPort): ScriptedLink {
  const startMs = clock.monotonicMs()
  const coils = new Map<number, boolean>()
  const listeners: ((reason: Fault) => void)[] = []
  let isConnected = false

  async function ask<T>(what: string, act: () => T): Promise<Result<T>> {
    if (!isConnected) return fail(fault('plc/unreachable', 'no connection'))
    link.log.push(`${Math.round(clock.monotonicMs() - startMs)} ${what}`)
    const fate = link.fates.shift() ?? 'answered'
    if (fate === 'refused') return fail(fault('plc/refused', 'exception 2'))
    const value = fate === 'lost' ? undefined : act()
    if (fate === 'answered') return succeed(value as T)
    await clock.sleep(requestTimeoutMs)
    return fail(fault('plc/timeout', 'no reply'))
  }

  const link: ScriptedLink = {
    name: 'scripted',
    isSimulated: true,
    coils,
    log: [],
    fates: [],
    reachable: true,
    get isConnected() { return isConnected },
    async connect() {
      link.log.push(`${Math.round(clock.monotonicMs() - startMs)} connect`)
      isConnected = link.reachable
      return isConnected ? succeed(undefined) : fail(fault('plc/unreachable', 'nobody there'))
    },
    writeCoil: (coil, isOn) => ask(`write ${coil} ${isOn ? 'on' : 'off'}`, () => { coils.set(coil, isOn) }),
    readCoil: (coil) => ask(`read ${coil}`, () => coils.get(coil) ?? false),
    drop(reason) {
      if (!isConnected) return
      isConnected = false
      for (const listener of listeners) listener(reason)
    },
    onLost: (listener) => { listeners.push(listener) },
  }
  return link
}

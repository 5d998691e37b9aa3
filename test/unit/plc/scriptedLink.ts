import { requestTimeoutMs, type CoilLink, type CoilReply, type CoilRequest } from '../../../src-main/adapters/plc/coilLink.ts'
import { fault, type Fault } from '../../../src-main/domain/fault.ts'
import { fail, succeed } from '../../../src-main/domain/result.ts'
import type { ClockPort } from '../../../src-main/ports/clock.ts'

/** What becomes of one request; `applied` without an answer is what makes a state unknown. */
export type Fate = 'answered' | 'slow' | 'lost' | 'appliedUnanswered' | 'refused'

export interface ScriptedLink extends CoilLink {
  readonly coils: Map<number, boolean>
  /** By space and address: `discreteInput 4`. */
  readonly values: Map<string, number>
  readonly log: string[]
  /** Fates of the next requests, in order; everything after them is answered. */
  readonly fates: Fate[]
  reachable: boolean
}

/** A link that takes no time, except for what it is told to leave unanswered. Its log reads `50 write 3 on`. */
export function scriptedLink(clock: ClockPort): ScriptedLink {
  const startMs = clock.monotonicMs()
  const coils = new Map<number, boolean>()
  const values = new Map<string, number>()
  const listeners: ((reason: Fault) => void)[] = []
  let isConnected = false

  function act(request: CoilRequest): readonly number[] {
    if (request.kind === 'write') coils.set(request.coil, request.isOn)
    if (request.kind === 'write') return []
    const { space, first, count } = request
    return Array.from({ length: count }, (_, i) => (space === 'coil' ? Number(coils.get(first + i) ?? false) : (values.get(`${space} ${first + i}`) ?? 0)))
  }

  async function ask(request: CoilRequest): Promise<CoilReply> {
    if (!isConnected) return { result: fail(fault('plc/unreachable', 'no connection')) }
    link.log.push(`${Math.round(clock.monotonicMs() - startMs)} ${wordsOf(request)}`)
    const fate = link.fates.shift() ?? 'answered'
    if (fate === 'refused') return { result: fail(fault('plc/refused', 'exception 2')) }
    const values = fate === 'lost' ? [] : act(request)
    if (fate === 'slow') await clock.sleep(10)
    if (fate === 'answered' || fate === 'slow') return { result: succeed(values) }
    await clock.sleep(requestTimeoutMs)
    return { result: fail(fault('plc/timeout', 'no reply')) }
  }

  const link: ScriptedLink = {
    name: 'scripted',
    isSimulated: true,
    scanMs: 5,
    inputSpan: 16,
    coils,
    values,
    log: [],
    fates: [],
    reachable: true,
    get isConnected() { return isConnected },
    async connect() {
      link.log.push(`${Math.round(clock.monotonicMs() - startMs)} connect`)
      isConnected = link.reachable
      return isConnected ? succeed(undefined) : fail(fault('plc/unreachable', 'nobody there'))
    },
    ask,
    drop(reason) {
      if (!isConnected) return
      isConnected = false
      for (const listener of listeners) listener(reason)
    },
    onLost: (listener) => { listeners.push(listener) },
  }
  return link
}

const wordsOf = (request: CoilRequest): string =>
  request.kind === 'write' ? `write ${request.coil} ${request.isOn ? 'on' : 'off'}` : `read ${request.space === 'coil' ? '' : `${request.space} `}${request.first}`

import type { RegisterSpace, TrafficEntry } from '../../domain/lineSignals.ts'
import { succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CoilLink, CoilReply, CoilRequest } from './coilLink.ts'
import type { TaskQueue } from './taskQueue.ts'

/** Modbus Application Protocol 1.1b3, section 6. */
const functionCodes = { write: 'FC05', coil: 'FC01', discreteInput: 'FC02', holdingRegister: 'FC03', inputRegister: 'FC04' } as const
const words = { coil: 'coil', discreteInput: 'input', holdingRegister: 'holding register', inputRegister: 'input register' } as const

/** What a slow request still counts for after the next one. */
const forgetting = 0.9

/** A device's answer, and between which monotonic times it looked. */
export interface TimedRead {
  readonly result: Result<readonly number[]>
  readonly leftMs: number
  readonly answeredMs: number
}

/** What is asked of one link, in words that fit; whoever listens to the traffic hears of each request and its reply. */
export interface LinkRequests {
  /** Several requests with nothing in between, when their turn has come. */
  readonly queue: TaskQueue
  /** How long a request has taken lately, rather too much than too little. */
  usualMs(): number
  writeCoil(coil: number, isOn: boolean): Promise<Result<void>>
  /** A device that lets a read go by is gone, whatever its connection looks like: it is given up. */
  read(space: RegisterSpace, first: number, count: number): Promise<TimedRead>
  onTraffic(listener: (entry: TrafficEntry) => void): () => void
}

export function linkRequests(link: CoilLink, queue: TaskQueue, clock: ClockPort): LinkRequests {
  const listeners = new Set<(entry: TrafficEntry) => void>()
  let usualMs = 0

  async function ask(request: CoilRequest): Promise<TimedRead> {
    const leftMs = clock.monotonicMs()
    const reply = await link.ask(request)
    const answeredMs = clock.monotonicMs()
    usualMs = Math.max(answeredMs - leftMs, usualMs * forgetting)
    if (listeners.size > 0) for (const entry of describe(link.name, request, reply, leftMs, answeredMs)) for (const listener of listeners) listener(entry)
    return { result: reply.result, leftMs, answeredMs }
  }

  return {
    queue,
    usualMs: () => usualMs,
    async writeCoil(coil, isOn) {
      const { result } = await ask({ kind: 'write', coil, isOn })
      return result.ok ? succeed(undefined) : result
    },
    async read(space, first, count) {
      const timed = await ask({ kind: 'read', space, first, count })
      if (!timed.result.ok && timed.result.fault.code === 'plc/timeout') link.drop(timed.result.fault)
      return timed
    },
    onTraffic(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function describe(peer: string, request: CoilRequest, { result, bytes }: CoilReply, leftMs: number, answeredMs: number): readonly TrafficEntry[] {
  const asked = wordsOf(request)
  const values = result.ok && request.kind === 'read' ? `${asked} = ${result.value.join(' ')}` : asked
  return [
    { atMs: leftMs, direction: 'sent', peer, summary: asked, bytes: bytes?.sent ?? '', trouble: null },
    { atMs: answeredMs, direction: 'received', peer, summary: values, bytes: bytes?.received ?? '', trouble: result.ok ? null : result.fault.detail },
  ]
}

function wordsOf(request: CoilRequest): string {
  if (request.kind === 'write') return `${functionCodes.write} coil ${request.coil} ${request.isOn ? 'on' : 'off'}`
  const { space, first, count } = request
  return `${functionCodes[space]} ${words[space]}${count === 1 ? ` ${first}` : `s ${first}–${first + count - 1}`}`
}

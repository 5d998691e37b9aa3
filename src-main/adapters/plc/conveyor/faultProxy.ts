import { connect, createServer, type Socket } from 'node:net'
import { mbapFrames } from './mbapFrames.ts'
import { listening, type Endpoint } from './listening.ts'

/**
 * What can be wrong between the two ends. `silence`: requests arrive, replies do not. `reset`: connections end with RST, new ones too.
 * `halfOpen`: the connections of this moment carry nothing more, for ever; new ones work. `slow`: every frame takes `slowMs` longer.
 * `split`: every byte in a packet of its own. `exception`: requests are refused with exception 4 and do not arrive. `wrongTransaction`:
 * replies carry another number than their request.
 */
export const linkFaults = ['silence', 'reset', 'halfOpen', 'slow', 'split', 'exception', 'wrongTransaction'] as const
export type LinkFault = (typeof linkFaults)[number]

export interface FaultProxy {
  readonly port: number
  /** No request waits for its reply, and nothing is on its way. */
  readonly isIdle: boolean
  setFault(name: LinkFault, isOn: boolean): void
  close(): Promise<void>
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  isDead: boolean
}

export const slowMs = 40
const deviceFailure = 4

/** Stands between a Modbus TCP client, which connects to `at`, and the server at `to`, and spoils what passes as told. */
export async function openFaultProxy(at: Endpoint, to: Endpoint, onConnections: (count: number) => void): Promise<FaultProxy> {
  const faults = new Set<LinkFault>()
  const pairs = new Set<Pair>()
  let underWay = 0

  const server = createServer({ noDelay: true }, (near) => {
    const pair: Pair = { near, far: connect({ ...to, noDelay: true }), isDead: false }
    pairs.add(pair)
    onConnections(pairs.size)
    if (faults.has('reset')) end(pair)
    carry(pair, pair.near, pair.far, 'request')
    carry(pair, pair.far, pair.near, 'reply')
  })

  function end(pair: Pair): void {
    if (!pairs.delete(pair)) return
    pair.near.resetAndDestroy()
    pair.far.resetAndDestroy()
    onConnections(pairs.size)
  }

  function carry(pair: Pair, from: Socket, to: Socket, direction: 'request' | 'reply'): void {
    const split = mbapFrames()
    let last: Promise<void> = Promise.resolve()
    from.on('error', () => undefined)
    // What is half open stays so for the other end, which is the point of it.
    from.on('close', () => { if (!pair.isDead) end(pair) })
    from.on('data', (chunk) => {
      if (pair.isDead) return
      const frames = split(chunk)
      if (!frames) return end(pair)
      for (const frame of frames) {
        underWay++
        last = last.then(() => pass(pair, frame, from, to, direction)).finally(() => { underWay-- })
      }
    })
  }

  async function pass(pair: Pair, frame: Buffer, from: Socket, to: Socket, direction: 'request' | 'reply'): Promise<void> {
    if (faults.has('slow')) await new Promise((resolve) => { setTimeout(resolve, slowMs) })
    if (pair.isDead || to.destroyed) return
    if (direction === 'request' && faults.has('exception')) return write(from, refusal(frame))
    if (direction === 'reply' && faults.has('silence')) return
    return write(to, direction === 'reply' && faults.has('wrongTransaction') ? renumbered(frame) : frame)
  }

  async function write(to: Socket, frame: Buffer): Promise<void> {
    if (!faults.has('split')) {
      to.write(frame)
      return
    }
    for (const byte of frame) {
      to.write(Buffer.of(byte))
      await new Promise((resolve) => { setImmediate(resolve) })
    }
  }

  return {
    port: await listening(server, at),
    get isIdle() { return underWay === 0 },
    setFault(name, isOn) {
      if (isOn) faults.add(name)
      else faults.delete(name)
      if (name === 'reset' && isOn) for (const pair of pairs) end(pair)
      if (name === 'halfOpen' && isOn) for (const pair of pairs) pair.isDead = true
    },
    async close() {
      for (const pair of pairs) end(pair)
      await new Promise((resolve) => { server.close(resolve) })
    },
  }
}

function refusal(request: Buffer): Buffer {
  const reply = Buffer.concat([request.subarray(0, 8), Buffer.of(deviceFailure)])
  reply.writeUInt16BE(3, 4)
  reply[7]! |= 0x80
  return reply
}

function renumbered(reply: Buffer): Buffer {
  const wrong = Buffer.from(reply)
  wrong.writeUInt16BE((reply.readUInt16BE(0) + 1) & 0xffff, 0)
  return wrong
}

import { connect, type Socket } from 'node:net'
import type { Endpoint } from './listening.ts'
import { mbapFrames } from './mbapFrames.ts'

/** A PLC's side of Modbus TCP: one request at a time over one connection that is opened when it is needed. */
export interface ModbusRequests {
  /** FC 16. False when nobody answered, or the answer was no. */
  writeRegisters(address: number, words: readonly number[]): Promise<boolean>
  /** FC 03; undefined as above. */
  readRegisters(address: number, count: number): Promise<readonly number[] | undefined>
  /** FC 01. */
  readCoils(address: number, count: number): Promise<boolean>
  close(): void
}

export const replyWithinMs = 300
const headerBytes = 7
const unit = 1
/** After a refused connection. */
const pauseMs = 50

export function modbusRequests(to: Endpoint): ModbusRequests {
  let socket: Socket | undefined
  let transaction = 0
  let settle: ((reply: Buffer | undefined) => void) | undefined
  let isClosed = false

  function drop(): void {
    socket?.destroy()
    socket = undefined
    settle?.(undefined)
  }

  async function open(): Promise<Socket | undefined> {
    const opened = connect({ ...to, noDelay: true })
    const isOpen = await new Promise<boolean>((resolve) => {
      opened.once('connect', () => { resolve(true) })
      opened.once('error', () => { resolve(false) })
      opened.once('close', () => { resolve(false) })
    })
    if (!isOpen || isClosed) {
      opened.destroy()
      await new Promise((resolve) => { setTimeout(resolve, pauseMs) })
      return undefined
    }
    const split = mbapFrames()
    opened.on('error', () => undefined)
    opened.on('close', () => { if (socket === opened) drop() })
    opened.on('data', (chunk) => {
      const frames = split(chunk)
      if (!frames) return drop()
      // A reply that comes after its time belongs to a request that nobody waits for any more.
      for (const frame of frames) if (frame.readUInt16BE(0) === transaction) settle?.(frame.subarray(headerBytes))
    })
    return (socket = opened)
  }

  async function ask(pdu: Buffer): Promise<Buffer | undefined> {
    const line = socket ?? (await open())
    if (!line) return undefined
    transaction = (transaction + 1) & 0xffff
    const header = Buffer.alloc(headerBytes)
    header.writeUInt16BE(transaction, 0)
    header.writeUInt16BE(pdu.length + 1, 4)
    header[6] = unit
    const reply = await new Promise<Buffer | undefined>((resolve) => {
      const timer = setTimeout(() => { resolve(undefined) }, replyWithinMs)
      settle = (answer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      line.write(Buffer.concat([header, pdu]))
    })
    settle = undefined
    // A connection that swallows a request may be half open: only a new one tells.
    if (!reply) drop()
    return reply?.[0] === pdu[0] ? reply : undefined
  }

  return {
    async writeRegisters(address, words) {
      const pdu = Buffer.alloc(6 + 2 * words.length)
      pdu[0] = 16
      pdu.writeUInt16BE(address, 1)
      pdu.writeUInt16BE(words.length, 3)
      pdu[5] = 2 * words.length
      words.forEach((word, i) => pdu.writeUInt16BE(word, 6 + 2 * i))
      return (await ask(pdu)) !== undefined
    },
    async readRegisters(address, count) {
      const reply = await ask(readRequest(3, address, count))
      return reply?.length === 2 + 2 * count ? Array.from({ length: count }, (_, i) => reply.readUInt16BE(2 + 2 * i)) : undefined
    },
    readCoils: async (address, count) => (await ask(readRequest(1, address, count))) !== undefined,
    close() {
      isClosed = true
      drop()
    },
  }
}

function readRequest(functionCode: number, address: number, count: number): Buffer {
  const pdu = Buffer.alloc(5)
  pdu[0] = functionCode
  pdu.writeUInt16BE(address, 1)
  pdu.writeUInt16BE(count, 3)
  return pdu
}

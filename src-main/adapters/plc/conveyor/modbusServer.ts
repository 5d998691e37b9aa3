import { createServer, type Socket } from 'node:net'
import { listening, type Endpoint } from './listening.ts'
import { mbapFrames } from './mbapFrames.ts'

/** What a Modbus server serves; an address that answers undefined or false is exception 2. */
export interface ModbusTables {
  coil(address: number): boolean | undefined
  discreteInput(address: number): boolean | undefined
  inputRegister(address: number): number | undefined
  writeCoil(address: number, isOn: boolean): boolean
  /** Called before every request is looked at. */
  heard(): void
}

export interface ModbusServer {
  readonly port: number
  /** Resets every connection and stops listening. */
  close(): Promise<void>
}

const [illegalFunction, illegalAddress, illegalValue] = [1, 2, 3]
const headerBytes = 7

/**
 * A remote I/O module's side of Modbus TCP (Application Protocol 1.1b3): FC 01, 02, 04, 05, 15. Written for this conveyor and not taken
 * from the library that the station uses, so that the two do not share a mistake. Rejects with the system's error.
 */
export async function openModbusServer(at: Endpoint, tables: ModbusTables): Promise<ModbusServer> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    const split = mbapFrames()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      const frames = split(chunk)
      if (!frames) socket.destroy()
      for (const frame of frames ?? []) {
        tables.heard()
        const reply = answer(frame.subarray(headerBytes), tables)
        const header = Buffer.from(frame.subarray(0, headerBytes))
        header.writeUInt16BE(reply.length + 1, 4)
        socket.write(Buffer.concat([header, reply]))
      }
    })
  })
  return {
    port: await listening(server, at),
    async close() {
      for (const socket of sockets) socket.resetAndDestroy()
      await new Promise((resolve) => { server.close(resolve) })
    },
  }
}

function answer(request: Buffer, tables: ModbusTables): Buffer {
  const functionCode = request[0]!
  const refuse = (exception: number): Buffer => Buffer.of(functionCode | 0x80, exception)
  if (request.length < 5) return refuse(illegalValue)
  const [address, value] = [request.readUInt16BE(1), request.readUInt16BE(3)]
  switch (functionCode) {
    case 1: return readBits(functionCode, address, value, tables.coil) ?? refuse(illegalAddress)
    case 2: return readBits(functionCode, address, value, tables.discreteInput) ?? refuse(illegalAddress)
    case 4: return readWords(functionCode, address, value, tables.inputRegister) ?? refuse(illegalAddress)
    case 5:
      if (value !== 0xff00 && value !== 0) return refuse(illegalValue)
      return tables.writeCoil(address, value !== 0) ? request.subarray(0, 5) : refuse(illegalAddress)
    case 15: {
      const isOn = (i: number): boolean => (((request[6 + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1
      const written = Array.from({ length: value }, (_, i) => tables.writeCoil(address + i, isOn(i)))
      return written.every(Boolean) ? request.subarray(0, 5) : refuse(illegalAddress)
    }
    default: return refuse(illegalFunction)
  }
}

function readBits(functionCode: number, address: number, count: number, read: (address: number) => boolean | undefined): Buffer | undefined {
  const bytes = Buffer.alloc(Math.ceil(count / 8))
  for (let i = 0; i < count; i++) {
    const bit = read(address + i)
    if (bit === undefined) return undefined
    if (bit) bytes[i >> 3]! |= 1 << (i & 7)
  }
  return Buffer.concat([Buffer.of(functionCode, bytes.length), bytes])
}

function readWords(functionCode: number, address: number, count: number, read: (address: number) => number | undefined): Buffer | undefined {
  const bytes = Buffer.alloc(2 * count)
  for (let i = 0; i < count; i++) {
    const word = read(address + i)
    if (word === undefined) return undefined
    bytes.writeUInt16BE(word, 2 * i)
  }
  return Buffer.concat([Buffer.of(functionCode, bytes.length), bytes])
}

import { createServer, type Server, type Socket } from 'node:net'
import { fault } from '../../../domain/fault.ts'
import type { TrafficEntry } from '../../../domain/lineSignals.ts'
import { fail, succeed, type Result } from '../../../domain/result.ts'
import type { ClockPort } from '../../../ports/clock.ts'
import type { ModbusServerTarget } from '../plcTarget.ts'
import { answerRequest, exceptions, refuse, type RegisterBank } from './answerRequest.ts'
import { mbapReader, writeMbap, type ModbusFrame } from './mbap.ts'

/** A PLC, an operator panel, and whoever looks for trouble. */
const largestClients = 8
/** A client that asks for nothing so long has gone, whatever its connection looks like. */
export const idleClientMs = 10_000
/** Requests that a client may have open (Modbus Messaging on TCP/IP 1.0b, NumberMaxOfServerTransaction: 1 to 16); more at once is a flood. */
const largestPipeline = 16
/** Of replies that a client does not read. */
const largestBacklogBytes = 65_536

/** One connection, as the registers behind the server see it. */
export interface ModbusClient {
  /** `192.168.0.10:49152`. */
  readonly name: string
  drop(): void
}

export interface ModbusServerParts {
  readonly target: ModbusServerTarget
  readonly clock: ClockPort
  /** The registers as this client sees them. */
  readonly bankFor: (client: ModbusClient) => RegisterBank
  readonly onGone: (client: ModbusClient) => void
}

export interface ModbusServer {
  /** plc/unreachable where the address or the port cannot be had. */
  listen(): Promise<Result<void>>
  readonly counts: Readonly<Record<'malformedRequests' | 'refusedConnections' | 'clients', number>>
  onTraffic(listener: (entry: TrafficEntry) => void): () => void
  close(): Promise<void>
}

/**
 * Modbus TCP on one interface, for the clients that are allowed and nobody else (Modbus has no authentication). Every request is
 * answered where it is read, in one go: what a client reads is one moment. modbus-serial's server reads registers one by one, and
 * does not say who asks.
 */
export function modbusServer({ target, clock, bankFor, onGone }: ModbusServerParts): ModbusServer {
  const sockets = new Set<Socket>()
  const trafficListeners = new Set<(entry: TrafficEntry) => void>()
  let malformedRequests = 0
  let refusedConnections = 0
  let server: Server | undefined

  function note(direction: TrafficEntry['direction'], peer: string, summary: string, bytes: Buffer, trouble: string | null): void {
    if (trafficListeners.size === 0) return
    const entry: TrafficEntry = { atMs: clock.monotonicMs(), direction, peer, summary, bytes: bytes.toString('hex'), trouble }
    for (const listener of trafficListeners) listener(entry)
  }

  function accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '')
    const name = `${address}:${socket.remotePort ?? 0}`
    socket.on('error', () => { socket.destroy() })
    const trouble = !target.allow.includes(address) ? 'its address is not allowed' : sockets.size >= largestClients ? `${largestClients} clients are connected` : null
    if (trouble !== null) {
      refusedConnections++
      note('received', name, 'connection refused', Buffer.alloc(0), trouble)
      socket.destroy()
      return
    }
    sockets.add(socket)
    const client: ModbusClient = { name, drop: () => { socket.destroy() } }
    const bank = bankFor(client)
    const read = mbapReader()
    socket.setNoDelay(true)
    socket.setTimeout(idleClientMs, () => { socket.destroy() })
    socket.once('close', () => {
      sockets.delete(socket)
      onGone(client)
    })
    socket.on('data', (chunk) => {
      const { frames, garbage } = read(chunk)
      for (const frame of frames.slice(0, largestPipeline)) answer(socket, name, bank, frame)
      const nonsense = frames.length > largestPipeline ? `${frames.length} requests at once` : garbage
      if (nonsense === null) return
      malformedRequests++
      note('received', name, 'garbage', chunk.subarray(0, 32), nonsense)
      socket.destroy()
    })
  }

  function answer(socket: Socket, peer: string, bank: RegisterBank, frame: ModbusFrame): void {
    if (socket.destroyed) return
    const isOurs = [target.unit, 0, 255].includes(frame.unit)
    const { pdu, summary, refusal, isMalformed } = isOurs
      ? answerRequest(frame.pdu, bank)
      : refuse(frame.pdu[0]!, `unit ${frame.unit}`, exceptions.noSuchUnit, `this is unit ${target.unit}`)
    if (isMalformed) malformedRequests++
    const trouble = refusal && `exception ${refusal.exception}: ${refusal.why}`
    note('received', peer, summary, frame.pdu, trouble)
    socket.write(writeMbap({ ...frame, pdu }))
    note('sent', peer, refusal ? 'refused' : 'answered', pdu, null)
    if (socket.writableLength > largestBacklogBytes) socket.destroy()
  }

  async function close(): Promise<void> {
    const ours = server
    server = undefined
    for (const socket of sockets) socket.destroy()
    if (ours) await new Promise((resolve) => { ours.close(resolve) })
  }

  return {
    listen() {
      if (server) return Promise.resolve(succeed(undefined))
      const ours = createServer({ noDelay: true, keepAlive: true }, accept)
      return new Promise((resolve) => {
        ours.once('error', (error: NodeJS.ErrnoException) => { resolve(fail(fault('plc/unreachable', `cannot listen on ${target.host}:${target.port}: ${error.code ?? error.message}`))) })
        ours.listen({ host: target.host, port: target.port }, () => {
          server = ours
          resolve(succeed(undefined))
        })
      })
    },
    get counts() { return { malformedRequests, refusedConnections, clients: sockets.size } },
    onTraffic(listener) {
      trafficListeners.add(listener)
      return () => trafficListeners.delete(listener)
    },
    close,
  }
}

/** An IPv4 client of an IPv6 socket has an address of its own kind (RFC 4291, 2.5.5.2). */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')

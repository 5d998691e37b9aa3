import { connect as connectSocket, type Socket } from 'node:net'
import ModbusRTU from 'modbus-serial'
import { fault, type Fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { coilPlc } from './coilPlc.ts'
import { requestTimeoutMs, type CoilLink } from './coilLink.ts'
import type { ModbusTcpTarget } from './plcTarget.ts'

export const connectTimeoutMs = 1_000

/** A PLC or remote I/O module as Modbus TCP server (Modbus Application Protocol 1.1b3): coils by FC 05, read back by FC 01. */
export const modbusTcpPlc = (target: ModbusTcpTarget, clock: ClockPort): PlcPort => coilPlc(modbusTcpLink(target), clock)

function modbusTcpLink({ host, port, unit }: ModbusTcpTarget): CoilLink {
  const name = `tcp://${host.includes(':') ? `[${host}]` : host}:${port}/${unit}`
  const lostListeners = new Set<(reason: Fault) => void>()
  let modbus: ModbusRTU | undefined
  let socket: Socket | undefined
  /** Ends the request in flight; modbus-serial says nothing of it when the connection breaks. */
  let abandon: ((reason: Fault) => void) | undefined

  function drop(reason: Fault): void {
    if (!modbus) return
    modbus.destroy(() => undefined)
    socket?.destroy()
    modbus = undefined
    socket = undefined
    abandon?.(reason)
    for (const listener of lostListeners) listener(reason)
  }

  async function connect(): Promise<Result<void>> {
    if (modbus) return succeed(undefined)
    const opened = await openSocket(host, port)
    if (!opened.ok) return opened
    const ours = opened.value
    socket = ours
    modbus = new ModbusRTU()
    modbus.setID(unit)
    ours.once('close', () => { if (socket === ours) drop(fault('plc/unreachable', `${name} closed the connection`)) })
    await modbus.linkTCP(ours, { port })
    return succeed(undefined)
  }

  function request<T>(ask: (modbus: ModbusRTU) => Promise<T>): Promise<Result<T>> {
    const open = modbus
    if (!open) return Promise.resolve(fail(fault('plc/unreachable', `there is no connection to ${name}`)))
    return new Promise((resolve) => {
      const settle = (result: Result<T>): void => {
        clearTimeout(timer)
        resolve(result)
      }
      // Not modbus-serial's own timeout: when this loop was held up, that one fires before the reply that has long been here is read.
      const timer = setTimeout(() => { setImmediate(() => { settle(fail(noReply)) }) }, requestTimeoutMs)
      abandon = (reason) => { settle(fail(reason)) }
      ask(open).then(
        (value) => { settle(succeed(value)) },
        (error: unknown) => {
          const trouble = faultOf(error)
          settle(fail(trouble))
          if (trouble.code === 'plc/unreachable' && modbus === open) drop(trouble)
        },
      )
    })
  }

  return {
    name,
    isSimulated: false,
    get isConnected() { return modbus !== undefined },
    connect,
    async writeCoil(coil, isOn) {
      const written = await request((open) => open.writeCoil(coil, isOn))
      return written.ok ? succeed(undefined) : written
    },
    async readCoil(coil) {
      const read = await request((open) => open.readCoils(coil, 1))
      return read.ok ? succeed(read.value.data[0] === true) : read
    },
    drop,
    onLost: (listener) => { lostListeners.add(listener) },
  }
}

/** A connected socket of our own: modbus-serial's says nothing when a connection ends with an error, and has no connect timeout. */
function openSocket(host: string, port: number): Promise<Result<Socket>> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host, port, noDelay: true })
    const giveUp = (why: string): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(fail(fault('plc/unreachable', `no connection to ${host}:${port}: ${why}`)))
    }
    const timer = setTimeout(() => { giveUp(`no answer within ${connectTimeoutMs} ms`) }, connectTimeoutMs)
    socket.on('error', (error: NodeJS.ErrnoException) => { giveUp(error.code ?? error.message) })
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(succeed(socket))
    })
  })
}

const noReply = fault('plc/timeout', `no reply within ${requestTimeoutMs} ms`, { limit: requestTimeoutMs })

/** A reply that does not fit its request means that the stream cannot be trusted any more: plc/unreachable, so that it is opened again. */
function faultOf(error: unknown): Fault {
  const { modbusCode, message } = error as { modbusCode?: number; message: string }
  return fault(modbusCode === undefined ? 'plc/unreachable' : 'plc/refused', message)
}

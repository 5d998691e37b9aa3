import { connect as connectSocket, type Socket } from 'node:net'
import ModbusRTU from 'modbus-serial'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { coilPlc } from './coilPlc.ts'
import type { CoilLink } from './coilLink.ts'
import { modbusLink } from './modbusLink.ts'
import type { ModbusTcpTarget } from './plcTarget.ts'

export const connectTimeoutMs = 1_000

/** A request and its reply take 0.2–1 ms. */
const scanMs = 5

/** A PLC or remote I/O module as Modbus TCP server. */
export const modbusTcpPlc = (target: ModbusTcpTarget, clock: ClockPort, pulseClock = clock): PlcPort => coilPlc(modbusTcpLink(target), clock, { pulseClock })

function modbusTcpLink({ host, port, unit }: ModbusTcpTarget): CoilLink {
  return modbusLink(`tcp://${host.includes(':') ? `[${host}]` : host}:${port}/${unit}`, scanMs, async () => {
    const opened = await openSocket(host, port)
    if (!opened.ok) return opened
    const socket = opened.value
    const modbus = new ModbusRTU()
    modbus.setID(unit)
    await modbus.linkTCP(socket, { port })
    return succeed({
      modbus,
      onEnded: (listener) => { socket.once('close', () => { listener('closed the connection') }) },
      destroy() {
        modbus.destroy(() => undefined)
        socket.destroy()
      },
    })
  })
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

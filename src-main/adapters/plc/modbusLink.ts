import type ModbusRTU from 'modbus-serial'
import { fault, type Fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { requestTimeoutMs, type CoilLink } from './coilLink.ts'

/** An open connection that speaks Modbus: all in which TCP and serial lines differ. */
export interface ModbusTransport {
  readonly modbus: ModbusRTU
  /** Called once when the connection ends by itself. */
  onEnded(listener: (why: string) => void): void
  destroy(): void
}

/** Coils over Modbus (Application Protocol 1.1b3), written by FC 05 and read by FC 01. `open` answers plc/unreachable when it cannot be opened. */
export function modbusLink(name: string, open: () => Promise<Result<ModbusTransport>>): CoilLink {
  const lostListeners = new Set<(reason: Fault) => void>()
  let transport: ModbusTransport | undefined
  /** Ends the request in flight; modbus-serial says nothing of it when the connection breaks. */
  let abandon: ((reason: Fault) => void) | undefined

  function drop(reason: Fault): void {
    if (!transport) return
    transport.destroy()
    transport = undefined
    abandon?.(reason)
    for (const listener of lostListeners) listener(reason)
  }

  async function connect(): Promise<Result<void>> {
    if (transport) return succeed(undefined)
    const opened = await open()
    if (!opened.ok) return opened
    const ours = opened.value
    transport = ours
    ours.onEnded((why) => { if (transport === ours) drop(fault('plc/unreachable', `${name} ${why}`)) })
    return succeed(undefined)
  }

  function request<T>(ask: (modbus: ModbusRTU) => Promise<T>): Promise<Result<T>> {
    const ours = transport
    if (!ours) return Promise.resolve(fail(fault('plc/unreachable', `there is no connection to ${name}`)))
    return new Promise((resolve) => {
      const settle = (result: Result<T>): void => {
        clearTimeout(timer)
        resolve(result)
      }
      // Not modbus-serial's own timeout: when this loop was held up, that one fires before the reply that has long been here is read.
      const timer = setTimeout(() => { setImmediate(() => { settle(fail(noReply)) }) }, requestTimeoutMs)
      abandon = (reason) => { settle(fail(reason)) }
      ask(ours.modbus).then(
        (value) => { settle(succeed(value)) },
        (error: unknown) => {
          const trouble = faultOf(error)
          settle(fail(trouble))
          if (trouble.code === 'plc/unreachable' && transport === ours) drop(trouble)
        },
      )
    })
  }

  return {
    name,
    isSimulated: false,
    get isConnected() { return transport !== undefined },
    connect,
    writeCoil: (coil, isOn) =>
      request(async (modbus) => {
        const echo = await modbus.writeCoil(coil, isOn)
        // A serial line has no transaction numbers. Whether the coil obeyed is for the read-back to say.
        if (echo.address !== coil) throw new Error(`the reply is for coil ${echo.address}, not ${coil}`)
      }),
    async readCoil(coil) {
      const read = await request((modbus) => modbus.readCoils(coil, 1))
      return read.ok ? succeed(read.value.data[0] === true) : read
    },
    drop,
    onLost: (listener) => { lostListeners.add(listener) },
  }
}

const noReply = fault('plc/timeout', `no reply within ${requestTimeoutMs} ms`, { limit: requestTimeoutMs })

/** A reply that does not fit its request means that the stream cannot be trusted any more: plc/unreachable, so that it is opened again. */
function faultOf(error: unknown): Fault {
  const { modbusCode, message } = error as { modbusCode?: number; message: string }
  return fault(modbusCode === undefined ? 'plc/unreachable' : 'plc/refused', message)
}

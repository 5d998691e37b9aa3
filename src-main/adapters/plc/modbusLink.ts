import type ModbusRTU from 'modbus-serial'
import { fault, type Fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { requestTimeoutMs, type CoilLink, type CoilReply, type CoilRequest } from './coilLink.ts'

/** An open connection that speaks Modbus: all in which TCP and serial lines differ. */
export interface ModbusTransport {
  readonly modbus: ModbusRTU
  /** Called once when the connection ends by itself. */
  onEnded(listener: (why: string) => void): void
  destroy(): void
}

/**
 * Coils, inputs and registers over Modbus (Application Protocol 1.1b3): written by FC 05, read by FC 01 to 04. `open` answers
 * plc/unreachable when it cannot be opened.
 */
export function modbusLink(name: string, scanMs: number, open: () => Promise<Result<ModbusTransport>>): CoilLink {
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
    // Every result and error then brings the bytes that it came of; modbus-serial's types do not know it.
    Object.assign(ours.modbus, { isDebugEnabled: true })
    ours.onEnded((why) => { if (transport === ours) drop(fault('plc/unreachable', `${name} ${why}`)) })
    return succeed(undefined)
  }

  function ask(request: CoilRequest): Promise<CoilReply> {
    const ours = transport
    if (!ours) return Promise.resolve({ result: fail(fault('plc/unreachable', `there is no connection to ${name}`)) })
    return new Promise((resolve) => {
      const settle = (reply: CoilReply): void => {
        clearTimeout(timer)
        resolve(reply)
      }
      // Not modbus-serial's own timeout: when this loop was held up, that one fires before the reply that has long been here is read.
      const timer = setTimeout(() => { setImmediate(() => { settle({ result: fail(noReply) }) }) }, requestTimeoutMs)
      abandon = (reason) => { settle({ result: fail(reason) }) }
      send(ours.modbus, request).then(
        (read) => { settle({ result: succeed(read.data), bytes: bytesOf(read.request, read.responses) }) },
        (error: unknown) => {
          const { modbusRequest, modbusResponses } = error as KeptOfError
          const trouble = faultOf(error)
          settle({ result: fail(trouble), bytes: bytesOf(modbusRequest, modbusResponses) })
          if (trouble.code === 'plc/unreachable' && transport === ours) drop(trouble)
        },
      )
    })
  }

  return {
    name,
    isSimulated: false,
    scanMs,
    // An I/O module has so many at least, or a gap.
    inputSpan: 16,
    get isConnected() { return transport !== undefined },
    connect,
    ask,
    drop,
    onLost: (listener) => { lostListeners.add(listener) },
  }
}

interface Kept {
  readonly request?: Uint8Array
  readonly responses?: readonly Uint8Array[]
}

interface KeptOfError {
  readonly modbusRequest?: Uint8Array
  readonly modbusResponses?: readonly Uint8Array[]
}

async function send(modbus: ModbusRTU, request: CoilRequest): Promise<Kept & { readonly data: readonly number[] }> {
  if (request.kind === 'write') {
    const echo = await modbus.writeCoil(request.coil, request.isOn)
    // A serial line has no transaction numbers. Whether the coil obeyed is for the read-back to say.
    if (echo.address !== request.coil) throw new Error(`the reply is for coil ${echo.address}, not ${request.coil}`)
    return { ...(echo as Kept), data: [] }
  }
  const { space, first, count } = request
  switch (space) {
    case 'coil': return bits(await modbus.readCoils(first, count), count)
    case 'discreteInput': return bits(await modbus.readDiscreteInputs(first, count), count)
    case 'holdingRegister': return modbus.readHoldingRegisters(first, count)
    case 'inputRegister': return modbus.readInputRegisters(first, count)
  }
}

/** Bits arrive in whole bytes. */
const bits = (read: Kept & { readonly data: readonly boolean[] }, count: number): Kept & { readonly data: readonly number[] } =>
  ({ ...read, data: read.data.slice(0, count).map(Number) })

/** modbus-serial shows both as on a serial line, TCP too: the last two bytes are the CRC. */
const bytesOf = (request: Uint8Array | undefined, responses: readonly Uint8Array[] | undefined): { sent: string; received: string } =>
  ({ sent: hex(request), received: hex(responses?.at(-1)) })

const hex = (bytes: Uint8Array | undefined): string => (bytes ? Buffer.from(bytes.subarray(0, -2)).toString('hex') : '')

const noReply = fault('plc/timeout', `no reply within ${requestTimeoutMs} ms`, { limit: requestTimeoutMs })

/** A reply that does not fit its request means that the stream cannot be trusted any more: plc/unreachable, so that it is opened again. */
function faultOf(error: unknown): Fault {
  const { modbusCode, message } = error as { modbusCode?: number; message: string }
  return fault(modbusCode === undefined ? 'plc/unreachable' : 'plc/refused', message)
}

import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

export interface ModbusTcpTarget {
  readonly kind: 'modbusTcp'
  readonly host: string
  readonly port: number
  /** Modbus unit identifier, 0–255; a device with its own address ignores it, a gateway hands on by it. */
  readonly unit: number
}

export type PlcTarget = { readonly kind: 'simulated' } | ModbusTcpTarget

/** `simulated` or `tcp://HOST:PORT[/UNIT]`, unit 1 unless given. Anything else is request/invalid, saying what is wrong with it. */
export function parsePlcTarget(text: string): Result<PlcTarget> {
  if (text === 'simulated') return succeed({ kind: 'simulated' })
  const parts = /^tcp:\/\/(?<host>\[[^\]]+\]|[^:/?#@\s]+)(?::(?<port>\d+))?(?:\/(?<unit>\d+)?)?$/.exec(text)?.groups
  if (!parts) return wrong(text, 'it is neither "simulated" nor "tcp://HOST:PORT" or "tcp://HOST:PORT/UNIT"')
  if (parts['port'] === undefined) return wrong(text, 'the port is missing (Modbus uses 502)')
  const port = Number(parts['port'])
  const unit = Number(parts['unit'] ?? 1)
  if (port < 1 || port > 65_535) return wrong(text, `port ${port} is not between 1 and 65535`)
  if (unit > 255) return wrong(text, `unit ${unit} is not between 0 and 255`)
  return succeed({ kind: 'modbusTcp', host: parts['host']!.replace(/^\[|\]$/g, ''), port, unit })
}

const wrong = (text: string, why: string): Result<never> => fail(fault('request/invalid', `The PLC target "${text}" cannot be used: ${why}.`))

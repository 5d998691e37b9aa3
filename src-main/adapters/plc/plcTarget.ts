import { isIP } from 'node:net'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

export interface ModbusTcpTarget {
  readonly kind: 'modbusTcp'
  readonly host: string
  readonly port: number
  /** Modbus unit identifier, 0–255; a device with its own address ignores it, a gateway hands on by it. */
  readonly unit: number
}

const parities = ['none', 'even', 'odd'] as const

export interface ModbusRtuTarget {
  readonly kind: 'modbusRtu'
  /** Of the serial port: `/dev/ttyUSB0`. */
  readonly path: string
  readonly baud: number
  readonly parity: (typeof parities)[number]
  readonly stopBits: 1 | 2
  /** Address on the line, 1–247: 0 is a broadcast, which nobody answers. */
  readonly unit: number
}

/** The server role: the PLC connects to the station. */
export interface ModbusServerTarget {
  readonly kind: 'modbusServer'
  /** Address of the interface to listen on, an IP address of this machine. */
  readonly host: string
  readonly port: number
  readonly unit: number
  /** IP addresses of the clients that may connect. */
  readonly allow: readonly string[]
}

/** Lines of this computer. */
export interface GpioTarget {
  readonly kind: 'gpio'
  /** As gpiodetect names it: `gpiochip0`. */
  readonly chip: string
  /** Offsets of the lines that are watched. */
  readonly inputs: readonly number[]
}

export type PlcTarget = { readonly kind: 'simulated' } | ModbusTcpTarget | ModbusRtuTarget | ModbusServerTarget | GpioTarget

/**
 * `simulated`, `tcp://HOST:PORT[/UNIT]` with unit 1 unless given, `listen://ADDRESS:PORT?allow=ADDRESS,…[&unit=1]`,
 * `gpio://CHIP[?inputs=LINE,…]`, or `rtu://PATH[?baud=19200&parity=even&stop=1&unit=1]`, where these are the values of what is not
 * given (Modbus over Serial Line 1.02, 2.5.1). Anything else is request/invalid, saying what is wrong with it.
 */
export function parsePlcTarget(text: string): Result<PlcTarget> {
  if (text === 'simulated') return succeed({ kind: 'simulated' })
  if (text.startsWith('listen://')) return parseListen(text)
  if (text.startsWith('gpio://')) return parseGpio(text)
  return text.startsWith('rtu://') ? parseRtu(text) : parseTcp(text)
}

/** For people: `listen://192.168.0.2:502`. */
export const targetText = ({ host, port }: ModbusServerTarget): string => `listen://${host.includes(':') ? `[${host}]` : host}:${port}`

function parseTcp(text: string): Result<ModbusTcpTarget> {
  const parts = /^tcp:\/\/(?<host>\[[^\]]+\]|[^:/?#@\s]+)(?::(?<port>\d+))?(?:\/(?<unit>\d+)?)?$/.exec(text)?.groups
  if (!parts) return wrong(text, 'it is neither "simulated" nor "tcp://HOST:PORT", "tcp://HOST:PORT/UNIT", "rtu:///dev/PORT", "gpio://CHIP" or "listen://ADDRESS:PORT?allow=ADDRESS"')
  if (parts['port'] === undefined) return wrong(text, 'the port is missing (Modbus uses 502)')
  const port = Number(parts['port'])
  const unit = Number(parts['unit'] ?? 1)
  if (port < 1 || port > 65_535) return wrong(text, `port ${port} is not between 1 and 65535`)
  if (unit > 255) return wrong(text, `unit ${unit} is not between 0 and 255`)
  return succeed({ kind: 'modbusTcp', host: parts['host']!.replace(/^\[|\]$/g, ''), port, unit })
}

function parseGpio(text: string): Result<GpioTarget> {
  const [, chip, lines] = /^gpio:\/\/([a-z0-9_-]+)(?:\?inputs=(\d{1,4}(?:,\d{1,4})*))?$/i.exec(text) ?? []
  if (chip === undefined) return wrong(text, 'it is not "gpio://CHIP" or "gpio://CHIP?inputs=LINE,LINE"')
  return succeed({ kind: 'gpio', chip, inputs: [...new Set(lines?.split(',').map(Number))] })
}

/** Modbus asks nobody who they are: the interface and the clients have to be named. */
function parseListen(text: string): Result<ModbusServerTarget> {
  const parts = /^listen:\/\/(?<host>\[[^\]]+\]|[^:/?#@\s]+):(?<port>\d+)\/?(?:\?(?<query>[^#\s]*))?$/.exec(text)?.groups
  if (!parts) return wrong(text, 'it is not "listen://ADDRESS:PORT?allow=ADDRESS"')
  const settings = { allow: '', unit: '1' }
  for (const [name, value] of new URLSearchParams(parts['query'])) {
    if (!Object.hasOwn(settings, name)) return wrong(text, `"${name}" is none of ${Object.keys(settings).join(', ')}`)
    settings[name as keyof typeof settings] = value
  }
  const host = parts['host']!.replace(/^\[|\]$/g, '')
  const [port, unit] = [Number(parts['port']), Number(settings.unit)]
  const allow = settings.allow.split(',').filter((address) => address !== '')
  const stranger = allow.find((address) => isIP(address) === 0)
  if (isIP(host) === 0 || ['0.0.0.0', '::'].includes(host)) return wrong(text, `${host} is not the IP address of one interface of this machine`)
  if (port < 1 || port > 65_535) return wrong(text, `port ${port} is not between 1 and 65535`)
  if (!Number.isInteger(unit) || unit < 1 || unit > 247) return wrong(text, `unit ${settings.unit} is not between 1 and 247`)
  if (allow.length === 0) return wrong(text, 'it names no client that may connect, as in "?allow=192.168.0.10"')
  if (stranger !== undefined) return wrong(text, `"${stranger}" is not the IP address of a client`)
  return succeed({ kind: 'modbusServer', host, port, unit, allow })
}

function parseRtu(text: string): Result<ModbusRtuTarget> {
  const [, path, query = ''] = /^rtu:\/\/(\/[^?#\s]+)(?:\?([^#\s]*))?$/.exec(text) ?? []
  if (path === undefined) return wrong(text, 'the path of the serial port is missing, as in "rtu:///dev/ttyUSB0"')
  const settings = { baud: '19200', parity: 'even', stop: '1', unit: '1' }
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(settings, name)) return wrong(text, `"${name}" is none of ${Object.keys(settings).join(', ')}`)
    settings[name as keyof typeof settings] = value
  }
  const [baud, stopBits, unit] = [settings.baud, settings.stop, settings.unit].map(Number) as [number, number, number]
  const parity = parities.find((one) => one === settings.parity)
  if (!Number.isInteger(baud) || baud < 1_200 || baud > 921_600) return wrong(text, `baud ${settings.baud} is not between 1200 and 921600`)
  if (!parity) return wrong(text, `parity ${settings.parity} is none of ${parities.join(', ')}`)
  if (stopBits !== 1 && stopBits !== 2) return wrong(text, `stop ${settings.stop} is neither 1 nor 2`)
  if (!Number.isInteger(unit) || unit < 1 || unit > 247) return wrong(text, `unit ${settings.unit} is not between 1 and 247`)
  return succeed({ kind: 'modbusRtu', path, baud, parity, stopBits, unit })
}

const wrong = (text: string, why: string): Result<never> => fail(fault('request/invalid', `The PLC target "${text}" cannot be used: ${why}.`))

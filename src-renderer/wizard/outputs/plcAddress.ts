/** The kinds of target that the wizard builds, as `parsePlcTarget` of the main process reads them. */
export const targetKinds = ['simulated', 'tcp', 'rtu', 'listen', 'gpio'] as const
export type TargetKind = (typeof targetKinds)[number]

export interface PlcAddress {
  readonly host: string
  readonly port: number
  readonly unit: number
}

export const parities = ['none', 'even', 'odd'] as const

export interface SerialAddress {
  readonly path: string
  readonly baud: number
  readonly parity: (typeof parities)[number]
  readonly stopBits: number
  readonly unit: number
}

/** The server role: the PLC connects to this address of the station, and only the allowed clients may. */
export interface ListenAddress extends PlcAddress {
  readonly allow: readonly string[]
}

export const kindOf = (target: string): TargetKind => targetKinds.find((kind) => target === kind || target.startsWith(`${kind}://`)) ?? 'tcp'

/** `tcp://HOST:PORT[/UNIT]`, the unit only where it is not 1. */
export const writeTarget = ({ host, port, unit }: PlcAddress): string => `tcp://${host}:${port}${unit === 1 ? '' : `/${unit}`}`

/** The parts of a Modbus TCP target; undefined for any other. */
export function readTarget(target: string): PlcAddress | undefined {
  const parts = /^tcp:\/\/(.+):(\d+)(?:\/(\d+))?$/.exec(target)
  return parts ? { host: parts[1]!, port: Number(parts[2]), unit: Number(parts[3] ?? 1) } : undefined
}

/** Modbus over Serial Line 1.02, 2.5.1: 19,200 baud, even parity, one stop bit. */
export const serialDefaults: SerialAddress = { path: '', baud: 19_200, parity: 'even', stopBits: 1, unit: 1 }

export const writeSerial = ({ path, baud, parity, stopBits, unit }: SerialAddress): string => `rtu://${path}?baud=${baud}&parity=${parity}&stop=${stopBits}&unit=${unit}`

export function readSerial(target: string): SerialAddress | undefined {
  const [, path, query] = /^rtu:\/\/(\/[^?]+)(?:\?(.*))?$/.exec(target) ?? []
  if (path === undefined) return undefined
  const asked = new URLSearchParams(query)
  const number = (name: string, otherwise: number): number => Number(asked.get(name) ?? otherwise)
  return { path, baud: number('baud', serialDefaults.baud), parity: parities.find((one) => one === asked.get('parity')) ?? serialDefaults.parity, stopBits: number('stop', 1), unit: number('unit', 1) }
}

export const writeListen = ({ host, port, unit, allow }: ListenAddress): string => `listen://${host}:${port}?allow=${allow.join(',')}${unit === 1 ? '' : `&unit=${unit}`}`

export function readListen(target: string): ListenAddress | undefined {
  const [, host, port, query] = /^listen:\/\/(.+):(\d+)\/?(?:\?(.*))?$/.exec(target) ?? []
  if (host === undefined) return undefined
  const asked = new URLSearchParams(query)
  return { host, port: Number(port), unit: Number(asked.get('unit') ?? 1), allow: (asked.get('allow') ?? '').split(',').filter((address) => address !== '') }
}

export interface GpioAddress {
  readonly chip: string
  /** Offsets of the lines that are read. */
  readonly inputs: readonly number[]
}

export const writeGpio = ({ chip, inputs }: GpioAddress): string => `gpio://${chip}${inputs.length > 0 ? `?inputs=${inputs.join(',')}` : ''}`

export function readGpio(target: string): GpioAddress | undefined {
  const [, chip, lines] = /^gpio:\/\/([^?]+)(?:\?inputs=(.*))?$/.exec(target) ?? []
  return chip === undefined ? undefined : { chip, inputs: lines ? lines.split(',').map(Number) : [] }
}

/** Line offsets with commas, or none. */
export const isLineList = (text: string): boolean => /^\s*(\d{1,4}\s*(,\s*\d{1,4}\s*)*)?$/.test(text)

/** A name, an IPv4 address or an IPv6 address in brackets. */
export const isHost = (text: string): boolean => /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i.test(text)

/** An IPv4 address: four numbers up to 255. */
export const isIpv4 = (text: string): boolean => /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(text)

export const isDevicePath = (text: string): boolean => /^\/[^?#\s]+$/.test(text)

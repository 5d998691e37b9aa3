export interface PlcAddress {
  readonly host: string
  readonly port: number
  readonly unit: number
}

/** `tcp://HOST:PORT[/UNIT]`, the unit only where it is not 1. */
export const writeTarget = ({ host, port, unit }: PlcAddress): string => `tcp://${host}:${port}${unit === 1 ? '' : `/${unit}`}`

/** The parts of a target as this screen writes it; undefined for the simulated one. */
export function readTarget(target: string): PlcAddress | undefined {
  const parts = /^tcp:\/\/(.+):(\d+)(?:\/(\d+))?$/.exec(target)
  return parts ? { host: parts[1]!, port: Number(parts[2]), unit: Number(parts[3] ?? 1) } : undefined
}

/** A name, an IPv4 address or an IPv6 address in brackets. */
export const isHost = (text: string): boolean => /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i.test(text)

/** The second notation of a coil: 1-based with the leading 0 of the coil range, as PLC manuals count (Modbus data model, 0xxxx). */
export const manualNumber = (coil: number): string => `0${String(coil + 1).padStart(coil >= 9_999 ? 5 : 4, '0')}`

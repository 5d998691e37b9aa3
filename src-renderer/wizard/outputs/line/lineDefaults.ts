import type { CommissioningView } from '../../../client/stationClient.ts'

export type Line = NonNullable<CommissioningView['line']>
export type Trigger = Line['trigger']
export type PartIds = Line['partIds']

/** Peers' figures (PLC link, reject timing): 5 ms of debounce; three rejects or two missing decisions in a row stop the line. */
export const plainLine: Line = { trigger: { kind: 'camera' }, partIds: { kind: 'counter', prefix: '' }, deadlineMs: 1_000, stopAfter: { rejectsInARow: 3, noDecisionsInARow: 2 } }

export const triggerKinds = ['camera', 'input', 'plc', 'interval', 'software'] as const

const triggerOf: Readonly<Record<Trigger['kind'], Trigger>> = {
  camera: { kind: 'camera' },
  plc: { kind: 'plc' },
  software: { kind: 'software' },
  input: { kind: 'input', input: 0, edge: 'rising', debounceMs: 5 },
  interval: { kind: 'interval', everyMs: 1_000 },
}

/** Which names a part can have, by what announces it: a barcode belongs to the part at an input, PART_ID to the handshake. */
export const idKindsOf = ({ kind }: Trigger): readonly PartIds['kind'][] =>
  kind === 'plc' ? ['plc', 'counter'] : kind === 'input' ? ['counter', 'barcode'] : kind === 'camera' ? ['counter', 'camera'] : ['counter']

export const partIdsOf = (kind: PartIds['kind'], path: string): PartIds =>
  kind === 'counter' ? { kind, prefix: '' } : kind === 'barcode' ? { kind, path, baud: 9_600, prefix: '', suffix: '\r' } : { kind }

/** Another trigger; part ids that cannot come with it are replaced, and a handshake brings its own. */
export function withTrigger(line: Line, kind: Trigger['kind']): Line {
  if (line.trigger.kind === kind) return line
  const trigger = triggerOf[kind]
  const kinds = idKindsOf(trigger)
  return { ...line, trigger, partIds: kind !== 'plc' && kinds.includes(line.partIds.kind) ? line.partIds : partIdsOf(kinds[0]!, '') }
}

/** A PLC that connects announces parts by its handshake, and only such a one can. */
export function lineForTarget(line: Line | null, isServer: boolean): Line | null {
  const isHandshake = line?.trigger.kind === 'plc'
  if (isServer) return isHandshake ? line : withTrigger(line ?? plainLine, 'plc')
  return line && isHandshake ? withTrigger(line, 'camera') : line
}

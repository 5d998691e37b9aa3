import type { Fault, PartSummary, StationView } from '../client/stationClient.ts'
import { verdictOf } from '../parts/VerdictBadge.tsx'
import type { StandstillKind, VerdictKind } from '../parts/VerdictShape.tsx'

/** What the band over the picture says: a part's verdict, or why there is none. */
export type Band =
  | { about: 'part'; kind: VerdictKind; part: PartSummary }
  | { about: 'station'; kind: StandstillKind | 'fault'; fault: Fault | null; canClear: boolean }

/** A part chosen by hand comes first; then whatever keeps the station from judging, the worst alone; then the last part. */
export function bandOf(station: StationView, chosen: PartSummary | null): Band {
  if (chosen) return { about: 'part', kind: verdictOf(chosen), part: chosen }
  if (station.latchedFault) return { about: 'station', kind: 'fault', fault: station.latchedFault, canClear: true }
  if (station.mode === 'stopped') return { about: 'station', kind: 'stopped', fault: null, canClear: false }
  const reason = station.notReady[0] ?? null
  if (reason || cannotJudge.has(station.state)) return { about: 'station', kind: 'hold', fault: reason, canClear: false }
  const last = station.recent[0]
  return last ? { about: 'part', kind: verdictOf(last), part: last } : { about: 'station', kind: 'ready', fault: null, canClear: false }
}

const cannotJudge = new Set<StationView['state']>(['preoperational', 'holding', 'offline', 'fault'])

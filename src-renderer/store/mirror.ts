import { create } from 'zustand'
import type { CommissioningView, SessionView, StationView } from '../client/stationClient.ts'

/** `sinceMs` is a Date.now(): when the page began to wait, or last heard of the station. */
export type Connection = { state: 'online' } | { state: 'connecting' | 'offline'; sinceMs: number }

/** What the station last said. Only `mirrorStation` writes it, and `callSession` what a sign-in has changed; a reload rebuilds it. */
export interface Mirror {
  connection: Connection
  station: StationView | null
  commissioning: CommissioningView | null
  session: SessionView | null
}

export const useMirror = create<Mirror>()(() => ({
  connection: { state: 'connecting', sinceMs: Date.now() },
  station: null,
  commissioning: null,
  session: null,
}))

export const useConnection = (): Connection => useMirror((mirror) => mirror.connection)
export const useStation = (): StationView | null => useMirror((mirror) => mirror.station)
export const useCommissioning = (): CommissioningView | null => useMirror((mirror) => mirror.commissioning)
export const useSession = (): SessionView | null => useMirror((mirror) => mirror.session)

import { create } from 'zustand'
import type { Fault } from '../client/stationClient.ts'

/** One thing the person at the screen must know about what they just did. `text` is a key of the translations. */
export type Notice = { kind: 'fault'; fault: Fault } | { kind: 'offline' } | { kind: 'text'; key: string }

/** The newest notice only: a queue of snackbars hides what matters now. */
export const useNotice = create<{ notice: Notice | null }>()(() => ({ notice: null }))

export const notifyFault = (fault: Fault): void => useNotice.setState({ notice: { kind: 'fault', fault } })
export const notifyOffline = (): void => useNotice.setState({ notice: { kind: 'offline' } })
export const notifyText = (key: string): void => useNotice.setState({ notice: { kind: 'text', key } })
export const dismissNotice = (): void => useNotice.setState({ notice: null })

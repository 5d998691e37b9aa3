import { useSyncExternalStore } from 'react'

const room = '#models'

const subscribe = (listen: () => void): (() => void) => {
  window.addEventListener('hashchange', listen)
  return () => window.removeEventListener('hashchange', listen)
}

/** Whether the address asks for the models; a reload and a bookmark come to the same place. */
export const useIsModels = (): boolean => useSyncExternalStore(subscribe, () => window.location.hash.startsWith(room))

/** The place that one came from is kept behind the room's name, so that leaving goes back to the same step. */
export function openModels(): void {
  window.location.hash = `${room}/${window.location.hash.slice(1)}`
}

export function leaveModels(): void {
  window.location.hash = window.location.hash.slice(room.length + 1)
}

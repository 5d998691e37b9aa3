import { useSyncExternalStore } from 'react'

const hash = '#io'

const subscribe = (listen: () => void): (() => void) => {
  window.addEventListener('hashchange', listen)
  return () => window.removeEventListener('hashchange', listen)
}

export const openIo = (): void => { window.location.hash = hash }
export const closeIo = (): void => { if (window.location.hash === hash) window.location.hash = '' }

/** Whether the address asks for the I/O room: a reload and Back come to the same place. */
export const useIoOpen = (): boolean => useSyncExternalStore(subscribe, () => window.location.hash === hash)

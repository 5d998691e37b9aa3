import { useCallback, useSyncExternalStore } from 'react'
import type { StepId } from './stepPhase.ts'

const prefix = '#commissioning/'

const subscribe = (listen: () => void): (() => void) => {
  window.addEventListener('hashchange', listen)
  return () => window.removeEventListener('hashchange', listen)
}

/** The step in the address: a reload, Back and a bookmark all come to the same place. */
export function useOpenStep(): readonly [string | undefined, (id: StepId) => void] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  const open = useCallback((id: StepId) => {
    window.location.hash = prefix + id
  }, [])
  return [hash.startsWith(prefix) ? hash.slice(prefix.length) : undefined, open]
}

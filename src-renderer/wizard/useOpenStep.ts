import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { chooseStep, type StepId, type StepView } from './stepPhase.ts'

const prefix = '#commissioning/'

const subscribe = (listen: () => void): (() => void) => {
  window.addEventListener('hashchange', listen)
  return () => window.removeEventListener('hashchange', listen)
}

/** The step in the address: a reload, Back and a bookmark all come to the same place. */
export function useOpenStep(steps: readonly StepView[]): readonly [StepId, (id: StepId) => void] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  const { id } = chooseStep(steps, hash.startsWith(prefix) ? hash.slice(prefix.length) : undefined)
  // Whoever came without a step stays at the one they were shown when it passes, and goes on with Next.
  useEffect(() => window.history.replaceState(null, '', prefix + id), [id])
  const open = useCallback((next: StepId) => {
    window.location.hash = prefix + next
  }, [])
  return [id, open]
}

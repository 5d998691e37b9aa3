import { useEffect, useState, useSyncExternalStore } from 'react'
import { notifyFault } from '../store/notices.ts'
import type { Fault } from '../client/stationClient.ts'
import { createSaver, type Saver } from './saver.ts'

type Done = { ok: true } | { ok: false; fault: Fault }

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A part of the view that is edited here: shown at once, saved by `save`, and in step with what the main process says. */
export function useSaved<T>(heard: T, save: (value: T) => Promise<Done>): Saver<T> {
  const [held] = useState(() => holdSaver(heard, save))
  useSyncExternalStore(held.subscribe, () => held.version())
  useEffect(() => held.saver.hear(heard), [held, heard])
  return held.saver
}

function holdSaver<T>(value: T, save: (value: T) => Promise<Done>) {
  const listeners = new Set<() => void>()
  let version = 0
  const saver = createSaver({
    value,
    same: sameJson,
    save: async (next) => {
      try {
        const answer = await save(next)
        if (!answer.ok) notifyFault(answer.fault)
        return answer.ok ? 'taken' : 'refused'
      } catch {
        return 'offline'
      }
    },
    onChange: () => {
      version++
      listeners.forEach((listen) => listen())
    },
  })
  return {
    saver,
    version: () => version,
    subscribe: (listen: () => void) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
  }
}

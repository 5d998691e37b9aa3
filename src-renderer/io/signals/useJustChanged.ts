import { useEffect, useRef, useState } from 'react'
import type { RegisterRow } from '../../client/stationClient.ts'

const markedForMs = 1_000

export const registerKey = ({ space, address }: RegisterRow): string => `${space} ${address}`

/** Keys of the rows whose value was another one less than a second ago. What is seen for the first time has not changed. */
export function useJustChanged(rows: readonly RegisterRow[]): ReadonlySet<string> {
  const before = useRef(new Map<string, number | null>())
  const [marked, setMarked] = useState<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    const now = Date.now()
    const changed = rows.filter((row) => before.current.has(registerKey(row)) && before.current.get(registerKey(row)) !== row.value)
    before.current = new Map(rows.map((row) => [registerKey(row), row.value]))
    if (changed.length > 0) setMarked((old) => new Map([...old, ...changed.map((row) => [registerKey(row), now + markedForMs] as const)]))
  }, [rows])
  useEffect(() => {
    if (marked.size === 0) return
    const timer = setTimeout(() => setMarked((old) => new Map([...old].filter(([, untilMs]) => untilMs > Date.now()))), markedForMs)
    return () => clearTimeout(timer)
  }, [marked])
  return new Set(marked.keys())
}

import { useEffect, useState } from 'react'

/** Whole seconds since `sinceMs` (a Date.now()), counted on while it is shown. */
export function useSecondsSince(sinceMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.floor((nowMs - sinceMs) / 1_000))
}

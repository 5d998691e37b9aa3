import { useEffect, useState } from 'react'

export interface Armed {
  readonly isArmed: boolean
  readonly secondsLeft: number
  readonly arm: () => void
  readonly disarm: () => void
}

const armedMs = 60_000

/** Outputs fire by hand only while armed, and arming wears off by itself: nobody walks away from a live button. */
export function useArmed(): Armed {
  const [untilMs, setUntilMs] = useState(0)
  const [nowMs, setNowMs] = useState(Date.now)
  const isArmed = untilMs > nowMs
  useEffect(() => {
    if (!isArmed) return
    const timer = setInterval(() => setNowMs(Date.now()), 250)
    return () => clearInterval(timer)
  }, [isArmed])
  return {
    isArmed,
    secondsLeft: Math.max(0, Math.ceil((untilMs - nowMs) / 1_000)),
    arm: () => {
      const now = Date.now()
      setNowMs(now)
      setUntilMs(now + armedMs)
    },
    disarm: () => setUntilMs(0),
  }
}

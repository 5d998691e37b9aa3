import { useEffect, useState } from 'react'
import { wasRestarted } from '../client/wasRestarted.ts'

const everyMs = 2_000

/** Asks every two seconds, for as long as the station does not answer. */
export function useWasRestarted(): boolean {
  const [isRestarted, setRestarted] = useState(false)
  useEffect(() => {
    const ending = new AbortController()
    const ask = (): void => {
      void wasRestarted(ending.signal).then((answer) => { if (!ending.signal.aborted) setRestarted(answer) })
    }
    ask()
    const timer = setInterval(ask, everyMs)
    return () => {
      clearInterval(timer)
      ending.abort()
    }
  }, [])
  return isRestarted
}

import { useEffect, useState } from 'react'
import { useClient } from '../../client/ClientContext.ts'
import type { NumberedTraffic, StationClient } from '../../client/stationClient.ts'

const kept = 5_000
const retryMs = 500
/** A long poll answers with every request; ten screens' worth a second is enough for eyes. */
const everyMs = 100

/** What crossed the link, oldest first, at most 5,000 lines. While paused nothing is asked for; what was overwritten meanwhile is missing by its number. */
export function useTraffic(isPaused: boolean): readonly NumberedTraffic[] {
  const client = useClient()
  const [lines, setLines] = useState<readonly NumberedTraffic[]>([])
  useEffect(() => {
    if (isPaused) return
    const leaving = new AbortController()
    const take = (more: readonly NumberedTraffic[]): void => setLines((old) => {
      const isAnew = more[0]!.number <= (old.at(-1)?.number ?? 0)
      return [...(isAnew ? [] : old), ...more].slice(-kept)
    })
    void follow(client, leaving.signal, take)
    return () => leaving.abort()
  }, [client, isPaused])
  return lines
}

async function follow(client: StationClient, signal: AbortSignal, take: (more: readonly NumberedTraffic[]) => void): Promise<void> {
  let after = 0
  while (!signal.aborted) {
    try {
      const answer = await client.io.traffic({ after }, { signal })
      if (signal.aborted) return
      if (answer.ok && answer.value.length > 0) {
        take(answer.value)
        after = answer.value.at(-1)!.number
      }
      await pause(answer.ok ? everyMs : retryMs)
    } catch {
      await pause(retryMs)
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

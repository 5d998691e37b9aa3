import { useEffect, useState } from 'react'
import { useClient } from '../../client/ClientContext.ts'
import type { ReplayView } from '../../../src-preload/contract/views.ts'
import type { Limits } from './limits.ts'

/** A line that still moves is not worth counting a million parts for. */
const restMs = 400

/** What this line would have made of the parts judged so far; null while it moves, and where this model has judged none. */
export function useReplay(regionId: string, { failAbove, unsureAbove }: Limits): ReplayView | null {
  const client = useClient()
  const [found, setFound] = useState<{ readonly key: string; readonly replay: ReplayView | null } | null>(null)
  const key = `${regionId} ${failAbove} ${unsureAbove}`
  useEffect(() => {
    const life = new AbortController()
    const timer = setTimeout(() => {
      client.commissioning
        .replayThreshold({ regionId, failAbove, unsureAbove }, { signal: life.signal })
        .then((answer) => (answer.ok && !life.signal.aborted ? setFound({ key, replay: answer.value }) : undefined))
        .catch(() => undefined)
    }, restMs)
    return () => {
      clearTimeout(timer)
      life.abort()
    }
  }, [client, key, regionId, failAbove, unsureAbove])
  return found?.key === key ? found.replay : null
}

import { useEffect, useState } from 'react'
import type { ExplanationView } from '../../../src-preload/contract/explanation.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { Fault } from '../../client/stationClient.ts'

export type Explained = { kind: 'asking' } | { kind: 'explained'; explanation: ExplanationView } | { kind: 'refused'; fault: Fault }

/** Asks why a region of a part scored as it did; a new question takes the place of the one before. */
export function useExplanation(resultId: string, regionId: string): Explained {
  const client = useClient()
  const [found, setFound] = useState<{ readonly key: string; readonly explained: Explained } | null>(null)
  const key = `${resultId} ${regionId}`
  useEffect(() => {
    const life = new AbortController()
    client.evidence
      .explain({ resultId, regionId }, { signal: life.signal })
      .then((answer) => {
        if (!life.signal.aborted) setFound({ key, explained: answer.ok ? { kind: 'explained', explanation: answer.value } : { kind: 'refused', fault: answer.fault } })
      })
      .catch(() => undefined)
    return () => life.abort()
  }, [client, key, resultId, regionId])
  return found?.key === key ? found.explained : { kind: 'asking' }
}

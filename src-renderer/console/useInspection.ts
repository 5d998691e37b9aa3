import { useEffect, useState } from 'react'
import { useClient } from '../client/ClientContext.ts'
import type { InspectionView } from '../client/stationClient.ts'

/** The evidence of one part once it is there; null for none, and while another part's would be shown. */
export function useInspection(resultId: string | null): InspectionView | null {
  const client = useClient()
  const [inspection, setInspection] = useState<InspectionView | null>(null)
  useEffect(() => {
    if (resultId === null) return
    const life = new AbortController()
    client.evidence
      .inspection({ resultId }, { signal: life.signal })
      .then((answer) => answer.ok && !life.signal.aborted && setInspection(answer.value))
      .catch(() => undefined)
    return () => life.abort()
  }, [client, resultId])
  return inspection?.summary.resultId === resultId ? inspection : null
}

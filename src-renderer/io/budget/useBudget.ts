import { useEffect, useState } from 'react'
import { useClient } from '../../client/ClientContext.ts'
import type { BudgetView, IoView } from '../../client/stationClient.ts'

export type Belt = NonNullable<IoView['belt']>
export type Reject = NonNullable<IoView['reject']>

/** What these numbers leave, by what the station has measured; the answer before stays until the next one is there. Asked again when the measured times change. */
export function useBudget(belt: Belt, reject: Reject, encoder: IoView['encoder'], timing: IoView['timing']): BudgetView | null {
  const client = useClient()
  const [budget, setBudget] = useState<BudgetView | null>(null)
  const asked = JSON.stringify([belt, reject, encoder, timing])
  useEffect(() => {
    const leaving = new AbortController()
    const [askedBelt, askedReject, askedEncoder] = JSON.parse(asked) as [Belt, Reject, IoView['encoder']]
    client.io.budget({ belt: askedBelt, reject: askedReject, ...(askedEncoder && { encoder: askedEncoder }) }, { signal: leaving.signal }).then(
      (answer) => { if (answer.ok && !leaving.signal.aborted) setBudget(answer.value) },
      () => undefined,
    )
    return () => leaving.abort()
  }, [client, asked])
  return budget
}

/** Where a description begins: a slow belt with room. */
export const proposedBelt: Belt = { beltSpeedMmPerS: 250, cameraToEjectorMm: 300, partPitchMm: 150, ejectorReactionMs: 20 }

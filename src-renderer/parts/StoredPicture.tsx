import { useEffect, useRef } from 'react'
import { useClient } from '../client/ClientContext.ts'
import type { StationClient } from '../client/stationClient.ts'
import { drawPicture } from './drawPicture.ts'

type Stored = { resultId: string } | { baselineId: string }

const load = (client: StationClient, of: Stored, maxWidthPx: number, signal: AbortSignal) =>
  'resultId' in of ? client.evidence.picture({ resultId: of.resultId, maxWidthPx }, { signal }) : client.evidence.baselinePicture({ id: of.baselineId, maxWidthPx }, { signal })

/** A picture out of the evidence or the baseline, filling its parent; empty while it loads and where there is none. */
export function StoredPicture({ of, maxWidthPx, label }: { of: Stored; maxWidthPx: number; label: string }) {
  const client = useClient()
  const canvas = useRef<HTMLCanvasElement>(null)
  const key = JSON.stringify(of)
  useEffect(() => {
    const life = new AbortController()
    load(client, JSON.parse(key) as Stored, maxWidthPx, life.signal)
      .then((answer) => answer.ok && canvas.current && !life.signal.aborted ? drawPicture(canvas.current, answer.value) : undefined)
      .catch(() => undefined)
    return () => life.abort()
  }, [client, key, maxWidthPx])
  return <canvas ref={canvas} role="img" aria-label={label} style={{ display: 'block', width: '100%', height: '100%', objectFit: 'cover' }} />
}

import { useEffect, useState } from 'react'
import { useClient } from '../client/ClientContext.ts'
import type { IoView, StationClient } from '../client/stationClient.ts'

const retryMs = 500

/** The wiring as it is now; null until the station has answered. While it is used the registers are read, and when it ends whatever was switched by hand goes off. */
export function useIo(): IoView | null {
  const client = useClient()
  const [view, setView] = useState<IoView | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    void followIo(client, leaving.signal, setView)
    return () => leaving.abort()
  }, [client])
  return view
}

async function followIo(client: StationClient, signal: AbortSignal, show: (view: IoView) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const view of await client.io.watch(undefined, { signal })) show(view)
    } catch {
      // Out of reach: the banner says so, here only the next try counts.
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

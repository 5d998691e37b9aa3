import { createContext, use } from 'react'
import type { StationClient } from './stationClient.ts'

export const ClientContext = createContext<StationClient | null>(null)

/** The station's client; only below `mountApp`. */
export function useClient(): StationClient {
  const client = use(ClientContext)
  if (!client) throw new Error('useClient needs a ClientContext above it')
  return client
}

import { createORPCClient } from '@orpc/client'
import { createMessagePortLink } from './messagePortLink.ts'
import type { StationClient } from './stationClient.ts'
import { createWebsocketLink } from './websocketLink.ts'

declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    readonly stationmaster?: { readonly shell: 'electron' }
  }
}

/** The desktop shell's port where there is one, otherwise the WebSocket of the host that served this page. */
export function connect(): StationClient {
  if (window.stationmaster) return createORPCClient(createMessagePortLink())
  const { protocol, host } = window.location
  return createORPCClient(createWebsocketLink(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc`))
}

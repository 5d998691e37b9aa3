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
  // Beside the page: the loopback host serves everything below a path that nobody can guess.
  return createORPCClient(createWebsocketLink(new URL('rpc', document.baseURI).href.replace(/^http/, 'ws')))
}

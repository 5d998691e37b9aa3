import { createORPCClient } from '@orpc/client'
import { createMessagePortLink } from './messagePortLink.ts'
import { isDesktopShell } from './shell.ts'
import type { StationClient } from './stationClient.ts'
import { createWebsocketLink } from './websocketLink.ts'

/** The desktop shell's port where there is one, otherwise the WebSocket of the host that served this page. */
export function connect(): StationClient {
  if (isDesktopShell()) return createORPCClient(createMessagePortLink())
  // Beside the page: the loopback host serves everything below a path that nobody can guess.
  return createORPCClient(createWebsocketLink(new URL('rpc', document.baseURI).href.replace(/^http/, 'ws')))
}

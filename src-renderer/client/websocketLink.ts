import type { ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'

type Link = ClientLink<Record<never, never>>

/**
 * Calls over a WebSocket that is opened when it is needed and opened anew after it was lost. Calls in flight fail with the socket,
 * and none is kept for later: a Stop pressed while the station is out of reach must not take effect a minute after.
 */
export function createWebsocketLink(url: string): Link {
  let current: { socket: WebSocket; link: Link } | undefined
  const openLink = (): Link => {
    if (!current || current.socket.readyState > WebSocket.OPEN) {
      const socket = new WebSocket(url)
      socket.binaryType = 'arraybuffer'
      current = { socket, link: new RPCLink({ websocket: socket }) }
    }
    return current.link
  }
  return { call: (path, input, options) => openLink().call(path, input, options) }
}

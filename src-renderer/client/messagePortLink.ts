import type { ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

/** Hands one end of a channel to the preload, which passes it on to the main process. */
export function createMessagePortLink(): ClientLink<Record<never, never>> {
  const { port1, port2 } = new MessageChannel()
  window.postMessage('stationmaster:rpc-port', window.location.origin, [port2])
  port1.start()
  return new RPCLink({ port: port1 })
}

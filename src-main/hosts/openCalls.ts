import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { ServerPeer, type EncodedMessage } from '@orpc/standard-server-peer'
import type { Application } from '../service/application.ts'
import { guardRouter } from '../service/dispatch.ts'

/** One open connection to the contract, whatever carries its messages. */
export interface CallConnection {
  /** Answers a message, in its time. One that is no call is dropped: nothing that arrives here may raise an error. */
  receive(message: EncodedMessage): void
  /** Ends its streams and its session. */
  end(): void
}

/**
 * Serves the application's contract to any number of connections, each with a session of its own.
 * @returns a function that takes a connection in; its `send` may return a promise, and a stream then waits for it before it goes on,
 * so that a slow reader gets the newest view next instead of a growing queue
 */
export function openCalls(application: Application): (send: (message: EncodedMessage) => void | Promise<void>) => CallConnection {
  const handler = new StandardRPCHandler(guardRouter(application.router))
  return (send) => {
    const session = application.newSession()
    const peer = new ServerPeer(async (message) => { await send(message) })
    const answer = createServerPeerHandleRequestFn(handler, { context: { session, application } })
    return {
      // `dispatch` has answered and reported whatever went wrong in a handler; what fails here is a message that cannot be read.
      receive: (message) => { peer.message(message, answer).catch(() => undefined) },
      end() {
        peer.close()
        session.end()
      },
    }
  }
}

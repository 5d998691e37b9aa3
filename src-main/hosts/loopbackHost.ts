import fastifyWebsocket from '@fastify/websocket'
import { RPCHandler } from '@orpc/server/ws'
import fastify from 'fastify'
import type { AddressInfo } from 'node:net'
import type { WebSocket } from 'ws'
import type { Application } from '../service/application.ts'
import { guardRouter } from '../service/dispatch.ts'
import { openLoopbackGate } from './loopbackGate.ts'
import { readScreenFiles, securityHeaders } from './screenFiles.ts'

export interface LoopbackHost {
  /** The address a person opens, with its token. */
  readonly url: string
  /** The same for one browser, once. */
  singleUseUrl(): string
  /** Ends every connection and stops listening; the application goes on. */
  close(): Promise<void>
}

/** Far above any command: 50 regions of 500 points are about 1 MB. */
const maxMessageBytes = 4 * 1024 * 1024
/** Far above any answer: a client that asks on and on and reads nothing is cut off here. */
const maxUnreadBytes = 64 * 1024 * 1024

/**
 * Serves the screens and the contract to a browser on this machine: a Jetson without a desktop, a demonstration, a test.
 * @param options.port 0 for any free one; rejects when the given one is taken
 */
export async function startLoopbackHost(options: { readonly application: Application; readonly screensDir: string; readonly port: number }): Promise<LoopbackHost> {
  const { application } = options
  const gate = openLoopbackGate()
  const screenFiles = await readScreenFiles(options.screensDir, "'self'")
  const rpc = new RPCHandler(guardRouter(application.router))
  const server = fastify({ forceCloseConnections: true })
  await server.register(fastifyWebsocket, { options: { maxPayload: maxMessageBytes } })

  server.addHook('onRequest', async (request, reply) => {
    const port = request.socket.localPort ?? 0
    const refusal = gate.refuse({ method: request.method, url: request.url, headers: request.headers, isUpgrade: request.ws, port })
    reply.headers(securityHeaders)
    if (refusal) await reply.code(refusal.status).type('text/plain; charset=utf-8').send(refusal.sentence)
  })

  // A page that goes on by itself and not a redirect: after a link from elsewhere (a terminal in a browser, a file) SameSite=Strict
  // withholds the cookie from every redirect, but not from what our own page asks for.
  server.get('/', (_request, reply) =>
    reply
      .header('set-cookie', gate.cookie)
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><meta http-equiv="refresh" content="0; url=${gate.screens}"><title>Stationmaster</title>`),
  )

  server.get(`${gate.screens}rpc`, { websocket: true }, (socket) => {
    const session = application.newSession()
    socket.once('close', () => { session.end() })
    void rpc.upgrade(withBackPressure(socket), { context: { session, application } })
  })

  server.get<{ Params: { '*': string } }>(`${gate.screens}*`, (request, reply) => {
    const file = screenFiles(request.params['*'])
    return file ? reply.headers(file.headers).send(file.body) : reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.')
  })

  await server.listen({ host: '127.0.0.1', port: options.port })
  const { port } = server.server.address() as AddressInfo
  return {
    url: gate.printedUrl(port),
    singleUseUrl: () => gate.singleUseUrl(port),
    async close() {
      for (const client of server.websocketServer.clients) client.terminate()
      await server.close()
    },
  }
}

/** `send` that is over when the bytes have left: a stream of views then waits for a slow reader, and gives it the newest next. */
const withBackPressure = (socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> => ({
  addEventListener: socket.addEventListener.bind(socket),
  send: (data: Parameters<WebSocket['send']>[0]) => {
    if (socket.bufferedAmount > maxUnreadBytes) socket.terminate()
    return new Promise<void>((resolve) => { socket.send(data, () => { resolve() }) })
  },
})

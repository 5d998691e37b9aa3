import fastifyWebsocket from '@fastify/websocket'
import fastify from 'fastify'
import type { AddressInfo } from 'node:net'
import type { WebSocket } from 'ws'
import type { Application } from '../service/application.ts'
import { openLoopbackGate } from './loopbackGate.ts'
import { openCalls } from './openCalls.ts'
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
  const gate = openLoopbackGate()
  const screenFiles = await readScreenFiles(options.screensDir, "'self'")
  const connect = openCalls(options.application)
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
      .header('content-security-policy', "default-src 'none'; img-src data:; frame-ancestors 'none'")
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><meta http-equiv="refresh" content="0; url=${gate.screens}"><link rel="icon" href="data:,"><title>Stationmaster</title>`),
  )

  server.get(`${gate.screens}rpc`, { websocket: true }, (socket) => {
    const connection = connect((message) => sendAll(socket, message))
    socket.on('message', (data: Buffer, isBinary) => { connection.receive(isBinary ? new Uint8Array(data) : data.toString()) })
    socket.once('close', () => { connection.end() })
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

/** Resolves when the message has left, or when it never will because the connection is gone. */
function sendAll(socket: WebSocket, message: Parameters<WebSocket['send']>[0]): Promise<void> {
  if (socket.bufferedAmount > maxUnreadBytes) socket.terminate()
  return new Promise((resolve) => { socket.send(message, () => { resolve() }) })
}

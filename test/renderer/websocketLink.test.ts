import { createORPCClient } from '@orpc/client'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { createWebsocketLink } from '../../src-renderer/client/websocketLink.ts'

let server: WebSocketServer | undefined
afterEach(() => stop())

/** A host that answers `hello` and never answers `wait`. */
async function start(port: number): Promise<number> {
  server = new WebSocketServer({ host: '127.0.0.1', port })
  const handler = new RPCHandler({ hello: os.handler(() => 'hello'), wait: os.handler(() => new Promise<string>(() => undefined)) })
  server.on('connection', (socket) => void handler.upgrade(socket))
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function stop(): Promise<void> {
  for (const socket of server?.clients ?? []) socket.terminate()
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  server = undefined
}

const clientOf = (port: number) => createORPCClient<{ hello: () => Promise<string>; wait: () => Promise<string> }>(createWebsocketLink(`ws://127.0.0.1:${port}/rpc`))

test('a call in flight fails with its connection, and is not sent again', async () => {
  const port = await start(0)
  const client = clientOf(port)
  expect(await client.hello()).toBe('hello')
  const waiting = expect(client.wait()).rejects.toThrow()
  await stop()
  await waiting
})

test('the next call after the host came back opens a new connection', async () => {
  const port = await start(0)
  const client = clientOf(port)
  await client.hello()
  await stop()
  await expect(client.hello()).rejects.toThrow()
  await start(port)
  await expect.poll(() => client.hello().catch(() => 'not yet'), { timeout: 10_000 }).toBe('hello')
})

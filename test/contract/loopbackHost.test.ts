import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { request, type IncomingMessage, type RequestOptions } from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { Contract } from '../../src-preload/contract/contract.ts'
import { startLoopbackHost, type LoopbackHost } from '../../src-main/hosts/loopbackHost.ts'
import { makeScreens } from '../support/screens.ts'
import { testApplication } from '../support/testApplication.ts'

const application = testApplication({
  'session.view': () => ({ ok: true, value: { role: 'operator', person: null, people: [] } }),
  'evidence.picture': () => ({ ok: true, value: new Blob([new Uint8Array(1000).fill(7)], { type: 'image/jpeg' }) }),
})
let host: LoopbackHost
let screensDir: string
let origin: string
let screens: string
let cookie: string

beforeAll(async () => {
  screensDir = await makeScreens('globalThis.isLoaded = true')
  host = await startLoopbackHost({ application, screensDir, port: 0 })
  origin = new URL(host.url).origin
  const entrance = await get(host.url.slice(origin.length))
  cookie = entrance.headers['set-cookie']![0]!.split(';')[0]!
  screens = /url=([^"]+)"/.exec(entrance.body)![1]!
})
afterAll(async () => {
  await host.close()
  await rm(screensDir, { recursive: true })
})

describe('who is let in', () => {
  test('the printed address leads to the screens, at an address that does not show the token', async () => {
    const token = new URL(host.url).searchParams.get('token')!
    expect(Buffer.from(token, 'base64url').byteLength).toBeGreaterThanOrEqual(16)
    expect(screens).not.toContain(token)
    const page = await get(screens, { cookie })
    expect(page.status).toBe(200)
    expect(page.body).toContain('<main id="root">')
    expect((await get(`${screens}assets/main.js`, { cookie })).body).toBe('globalThis.isLoaded = true')
  })

  test('the pass stays with this browser, this path and these pages', async () => {
    const [setCookie] = (await get(host.url.slice(origin.length))).headers['set-cookie']!
    expect(setCookie).toMatch(/; HttpOnly/)
    expect(setCookie).toMatch(/; SameSite=Strict/)
    expect(setCookie).toContain(`; Path=${screens};`)
  })

  test.each([
    ['no token', '/'],
    ['a wrong token', '/?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['the token cut short', () => host.url.slice(origin.length, -1)],
    ['an empty token', '/?token='],
  ])('refuses %s', async (_name, path) => {
    expect((await get(typeof path === 'string' ? path : path())).status).toBe(401)
  })

  test.each([
    ['the page', ''],
    ['a script', 'assets/main.js'],
    ['a file that is not there', 'nothing.js'],
  ])('refuses %s to who has the path but not the pass', async (_name, path) => {
    expect((await get(screens + path)).status).toBe(401)
    expect((await get(screens + path, { cookie: 'station=guess' })).status).toBe(401)
  })

  test('refuses a path outside the screens even with the pass', async () => {
    for (const path of ['/assets/main.js', `${screens}../../package.json`, `${screens}%2e%2e/%2e%2e/package.json`, `${screens}assets//main.js`, `${screens}index.html`]) {
      expect((await get(path, { cookie })).status, path).not.toBe(200)
    }
  })

  test.each(['localhost', 'example.com', '127.0.0.1', '127.0.0.1:1', '[::1]'])('refuses the host name %s, even with the pass', async (name) => {
    expect((await get(screens, { cookie, host: name })).status).toBe(403)
  })

  test.each(['http://example.com', 'http://localhost', 'null', 'http://127.0.0.1:1'])('refuses a page of %s, even with the pass', async (from) => {
    expect((await get(screens, { cookie, origin: from })).status).toBe(403)
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('refuses %s', async (method) => {
    expect((await get(screens, { cookie }, { method })).status).toBe(405)
  })

  test('cannot be reached under another address of this machine', async () => {
    const others = Object.values(networkInterfaces()).flat().filter((address) => address && address.family === 'IPv4' && !address.internal)
    for (const address of [...others.map((other) => other!.address), '127.0.0.2']) {
      await expect(get('/', {}, { host: address })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
  })

  test('an address for single use lets in once', async () => {
    const path = host.singleUseUrl().slice(origin.length)
    expect((await get(path)).status).toBe(200)
    expect((await get(path)).status).toBe(401)
    expect((await get(host.url.slice(origin.length))).status).toBe(200)
  })

  test('a second start has another token, path and pass', async () => {
    const second = await startLoopbackHost({ application, screensDir, port: 0 })
    expect(new URL(second.url).searchParams.get('token')).not.toBe(new URL(host.url).searchParams.get('token'))
    await second.close()
  })
})

describe('what every answer carries', () => {
  test('a policy without anything unsafe, and a fresh nonce for each page', async () => {
    const pages = [await get(screens, { cookie }), await get(screens, { cookie })]
    const nonces = pages.map((page) => {
      const policy = page.headers['content-security-policy'] as string
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain("default-src 'none'")
      const [, nonce] = /'nonce-([^']+)'/.exec(policy)!
      expect(page.body).toContain(`<meta name="csp-nonce" content="${nonce!}"`)
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test('headers against sniffing, framing, referrers and caches, refusals included', async () => {
    for (const answer of [await get(screens, { cookie }), await get('/'), await get(`${screens}assets/main.js`, { cookie })]) {
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })
})

describe('the calls', () => {
  test('answer over the WebSocket, pictures as bytes', async () => {
    const { client, socket } = await openCalls()
    expect(await client.session.view()).toEqual({ ok: true, value: { role: 'operator', person: null, people: [] } })
    const picture = await client.evidence.picture({ resultId: 'x', maxWidthPx: 100 })
    expect(picture.ok && (await picture.value.bytes())).toEqual(new Uint8Array(1000).fill(7))
    socket.close()
  })

  test('have a session of their own for each connection, which ends with it', async () => {
    const before = application.sessions.length
    const one = await openCalls()
    const two = await openCalls()
    const [first, second] = application.sessions.slice(before)
    one.socket.terminate()
    await expect.poll(() => first!.ended).toBe(true)
    expect(second!.ended).toBe(false)
    two.socket.close()
  })

  test.each([
    ['no Origin', () => ({ cookie })],
    ['an Origin of another site', () => ({ cookie, origin: 'http://example.com' })],
    ['an Origin of another port', () => ({ cookie, origin: 'http://127.0.0.1:1' })],
    ['an opaque Origin', () => ({ cookie, origin: 'null' })],
  ])('refuse %s', async (_name, headers) => {
    expect(await refusedUpgrade(`${screens}rpc`, headers())).toBe(403)
  })

  test('refuse another host name', async () => {
    expect(await refusedUpgrade(`${screens}rpc`, { cookie, origin, host: 'localhost' })).toBe(403)
  })

  test('refuse who has no pass', async () => {
    expect(await refusedUpgrade(`${screens}rpc`, { origin })).toBe(401)
    expect(await refusedUpgrade(`${screens}rpc`, { origin, cookie: 'station=guess' })).toBe(401)
    expect(await refusedUpgrade('/rpc', { origin, cookie: '' })).toBe(401)
  })

  test('end a connection that sends more than any command is long', async () => {
    const { socket } = await openCalls()
    const closed = once(socket, 'close')
    socket.send(Buffer.alloc(5 * 1024 * 1024))
    expect((await closed)[0]).toBe(1009)
  })

  test('survive garbage, and other connections with them', async () => {
    const { socket, client } = await openCalls()
    socket.send('garbage')
    socket.send(Buffer.from([0, 1, 2, 3]))
    expect(await client.session.view()).toMatchObject({ ok: true })
    socket.close()
  })
})

test('closing ends open connections at once', async () => {
  const second = await startLoopbackHost({ application, screensDir, port: 0 })
  const { socket } = await openCalls(second.url)
  const closed = once(socket, 'close')
  await second.close()
  await closed
})

test('a port that is taken is an error that names it', async () => {
  const port = Number(new URL(host.url).port)
  await expect(startLoopbackHost({ application, screensDir, port })).rejects.toMatchObject({ code: 'EADDRINUSE', port })
})

interface Answer { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string }

/** A request whose every header is the test's: fetch would not let Host and Origin be set. */
function get(path: string, headers: RequestOptions['headers'] = {}, options: RequestOptions = {}): Promise<Answer> {
  const { port } = new URL(host.url)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, ...options }, (answer) => {
      void answer.setEncoding('utf8').toArray().then((parts) => { resolve({ status: answer.statusCode!, headers: answer.headers, body: parts.join('') }) }, reject)
    })
      .on('error', reject)
      .end()
  })
}

async function openCalls(url = host.url) {
  const { origin: own } = new URL(url)
  const entrance = await fetch(url)
  const pass = entrance.headers.getSetCookie()[0]!.split(';')[0]!
  const [, path] = /url=([^"]+)"/.exec(await entrance.text())!
  const socket = new WebSocket(`${own.replace('http', 'ws')}${path!}rpc`, { headers: { cookie: pass, origin: own } })
  await once(socket, 'open')
  const client = createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ websocket: socket }))
  return { client, socket }
}

/** The HTTP status a WebSocket was refused with. */
async function refusedUpgrade(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers })
  socket.on('error', () => undefined)
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  return answer.statusCode!
}

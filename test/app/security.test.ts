import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startLoopbackHost, type LoopbackHost } from '../../src-main/hosts/loopbackHost.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { makeScreens } from '../support/screens.ts'
import { testApplication } from '../support/testApplication.ts'

/** What the browser itself makes of the loopback host: the other tests send headers, here Chromium decides what it sends. */
describe.skipIf(!hasChromium)('in Chromium', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let host: LoopbackHost
  let screensDir: string
  let stranger: Server
  let strangerUrl: string
  const strangersCookies: string[] = []

  beforeAll(async () => {
    browser = await launchChromium()
    screensDir = await makeScreens('document.getElementById("root").append("the screens")')
    stranger = createServer((request, response) => {
      strangersCookies.push(request.headers.cookie ?? '')
      response.setHeader('content-type', 'text/html').end(`<!doctype html><a href="${host.url}">to the station</a>`)
    }).listen(0, '127.0.0.1')
    await once(stranger, 'listening')
    strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  })
  afterAll(async () => {
    stranger.close()
    await browser.close()
    await rm(screensDir, { recursive: true })
  })
  beforeEach(async () => {
    host = await startLoopbackHost({ application: testApplication({}), screensDir, port: 0 })
    context = await browser.newContext()
    page = await context.newPage()
  })
  afterEach(async () => {
    await context.close()
    await host.close()
  })
  const openScreens = async (): Promise<void> => {
    await page.goto(host.url)
    await page.getByText('the screens').waitFor()
  }

  test('the printed address opens the screens and is gone from the address bar', async () => {
    await openScreens()
    expect(page.url()).not.toContain('token')
  })

  test('a reload and a second tab need no token again', async () => {
    await openScreens()
    await page.reload()
    await page.getByText('the screens').waitFor()
    const second = await context.newPage()
    await second.goto(page.url())
    await second.getByText('the screens').waitFor()
  })

  test('the address of the screens alone opens nothing in another browser', async () => {
    await openScreens()
    const other = await browser.newContext()
    const answer = await (await other.newPage()).goto(page.url())
    expect(answer!.status()).toBe(401)
    await other.close()
  })

  test('a link from another page leads in', async () => {
    await page.goto(strangerUrl)
    await page.getByText('to the station').click()
    await page.getByText('the screens').waitFor()
  })

  test('the pass is not sent to other programs of this machine', async () => {
    await openScreens()
    strangersCookies.length = 0
    await page.goto(strangerUrl)
    expect(strangersCookies).not.toEqual([])
    expect(strangersCookies.join('')).toBe('')
  })

  test('a page of another program cannot open the calls, even in a browser that is let in', async () => {
    await openScreens()
    const calls = page.url().replace('http', 'ws') + 'rpc'
    await page.goto(strangerUrl)
    expect(await tryWebSocket(page, calls)).toBe('refused')
  })

  test('the screens themselves can open the calls', async () => {
    await openScreens()
    expect(await tryWebSocket(page, page.url().replace('http', 'ws') + 'rpc')).toBe('opened')
  })

  test('no page can put the screens into a frame', async () => {
    await openScreens()
    const screens = page.url()
    await page.goto(strangerUrl)
    await page.evaluate((src) => { document.body.append(Object.assign(document.createElement('iframe'), { src })) }, screens)
    await page.waitForLoadState('networkidle')
    expect(await page.frames().at(-1)!.getByText('the screens').count()).toBe(0)
  })

  test.each([
    ['a script written into the page', () => { document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked = true' })) }, 'script-src-elem'],
    ['a style without the nonce', () => { document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' })) }, 'style-src-elem'],
    ['a picture from elsewhere', () => { document.body.append(Object.assign(new Image(), { src: 'https://example.com/a.png' })) }, 'img-src'],
    ['a connection to elsewhere', () => { void fetch('https://example.com/').catch(() => undefined) }, 'connect-src'],
    ['code made from text', () => { setTimeout(() => { (0, eval)('1') }) }, 'script-src'],
  ])('the policy stops %s', async (_what, attempt, directive) => {
    await openScreens()
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { seen.push(effectiveDirective) })
    })
    await page.evaluate(attempt)
    await expect.poll(() => page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toContain(directive)
  })

  test('a style with the nonce of the page is let through', async () => {
    await openScreens()
    await page.evaluate(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')!.content
      document.head.append(Object.assign(document.createElement('style'), { nonce, textContent: 'body { color: rgb(1, 2, 3) }' }))
    })
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(1, 2, 3)')
  })
})

const tryWebSocket = (page: Page, url: string): Promise<string> =>
  page.evaluate(
    (address) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address)
        socket.onopen = () => { resolve('opened') }
        socket.onerror = () => { resolve('refused') }
      }),
    url,
  )

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shellKinds, type DesktopShell } from '../support/desktopShell.ts'

for (const { name, missing } of shellKinds) {
  if (missing) console.warn(`\nNOT RUN: the desktop shell in ${name}, because ${missing}.\n`)
}

describe.each(shellKinds)('the built application in $name', ({ missing, start }) => {
  describe.skipIf(missing)('', () => {
    let shell: DesktopShell
    let dataDir: string
    const violations: string[] = []

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'stationmaster-shell-'))
      shell = await start(dataDir)
      shell.page.on('console', (message) => { if (message.type() === 'error') violations.push(message.text()) })
      await shell.page.reload()
    })
    afterAll(async () => {
      await shell.terminate()
      await rm(dataDir, { recursive: true, force: true })
    })

    test('shows its screens and breaks no rule of its own policy', async () => {
      await shell.page.locator('#root > *').first().waitFor()
      expect(violations).toEqual([])
    })

    test('gives the page nothing but the name of its shell', async () => {
      const exposed = await shell.page.evaluate(() => ({
        shell: (window as unknown as { stationmaster: unknown }).stationmaster,
        node: [typeof (globalThis as Record<string, unknown>)['require'], typeof (globalThis as Record<string, unknown>)['process']],
      }))
      expect(exposed).toEqual({ shell: { shell: 'electron' }, node: ['undefined', 'undefined'] })
    })

    test('answers a call over a port that the page handed over', async () => {
      expect(await askForSession(shell.page)).toMatchObject({ ok: true, value: { role: expect.any(String) as unknown } })
    })

    test('drops what is no call and goes on', async () => {
      await shell.page.evaluate(() => {
        const { port1, port2 } = new MessageChannel()
        window.postMessage('stationmaster:rpc-port', window.location.origin, [port2])
        for (const garbage of ['garbage', '{}', new Uint8Array([1, 2, 3])]) port1.postMessage(garbage)
      })
      expect(await askForSession(shell.page)).toMatchObject({ ok: true })
    })

    test('refuses to leave its own pages', async () => {
      const before = shell.page.url()
      await shell.page.evaluate(() => { window.location.href = 'https://example.com/' })
      await shell.page.waitForTimeout(200)
      expect(shell.page.url()).toBe(before)
      expect(await askForSession(shell.page)).toMatchObject({ ok: true })
    })

    test('opens no second window', async () => {
      await shell.page.evaluate(() => { window.open('https://example.com/') })
      await expect.poll(() => shell.page.context().pages().length).toBe(1)
    })

    test('lets the page fetch nothing', async () => {
      const outcome = await shell.page.evaluate(() => fetch('https://example.com/').then(() => 'fetched', () => 'refused'))
      expect(outcome).toBe('refused')
    })

    test('answers again after a reload', async () => {
      await shell.page.reload()
      expect(await askForSession(shell.page)).toMatchObject({ ok: true })
    })

    test('ends in order when its window is closed', async () => {
      expect(await shell.closeWindow()).toBe(0)
    })
  })
})

/** `session.view` as the client's link writes it, without a client: the page's own code is not what is tested here. */
const askForSession = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }) => { resolve((JSON.parse(data as string) as { p: { b: { json: unknown } } }).p.b.json) }
        window.postMessage('stationmaster:rpc-port', window.location.origin, [port2])
        port1.postMessage(JSON.stringify({ i: '1', p: { u: '/session/view', b: {} } }))
      }),
  )

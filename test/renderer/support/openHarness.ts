import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { launchChromium } from '../../support/chromium.ts'
import type { SceneName } from '../harness/scenes.ts'

export interface OpenOptions {
  readonly scene?: SceneName
  readonly lang?: string
  readonly theme?: 'light' | 'dark'
  readonly size?: readonly [widthPx: number, heightPx: number]
}

export interface Harness {
  /** A fresh page on a scripted station, with its first view on the screen. */
  open(options?: OpenOptions): Promise<Page>
  /** What the pages complained about: errors, and everything the page's policy refused. */
  readonly complaints: string[]
  closePages(): Promise<void>
  close(): Promise<void>
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

/** The policy of both hosts, with the nonce that harness/index.html has in its meta element. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-harness'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'"

/** Builds the harness into a folder of its own and answers the browser from there: no server, no port, no network. */
export async function openHarness(): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'stationmaster-screens-'))
  await build({ configFile: join(import.meta.dirname, '../harness/vite.config.ts'), build: { outDir: folder } })
  const browser: Browser = await launchChromium()
  const complaints: string[] = []
  return {
    complaints,
    async open({ scene = 'running', lang = 'en', theme = 'light', size = [1280, 800] } = {}) {
      const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, colorScheme: theme, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.route('**/*', async (route) => {
        const { hostname, pathname } = new URL(route.request().url())
        const file = join(folder, pathname === '/' ? 'index.html' : pathname)
        if (hostname !== 'localhost' || !existsSync(file)) {
          complaints.push(`asked for ${route.request().url()}`)
          return route.abort()
        }
        return route.fulfill({ body: await readFile(file), headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy } })
      })
      await page.goto(`http://localhost/?scene=${scene}&lang=${lang}`)
      await page.locator('main').waitFor()
      await page.evaluate(() => document.fonts.ready)
      return page
    },
    async closePages() {
      for (const context of browser.contexts()) await context.close()
    },
    async close() {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

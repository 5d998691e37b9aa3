import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { startLoopbackHost } from '../../../src-main/hosts/loopbackHost.ts'
import { launchChromium } from '../../support/chromium.ts'
import { draftStation, type DraftStation } from './draftStation.ts'

export interface OpenWizard {
  readonly page: Page
  readonly station: DraftStation
  /** Goes to a step by its address, as a bookmark would. */
  goTo(step: string): Promise<void>
}

export interface WizardHarness {
  open(options?: Parameters<typeof draftStation>[0] & { readonly lang?: string; readonly step?: string; readonly context?: BrowserContextOptions }): Promise<OpenWizard>
  /** Ends every page, host and station opened so far: after each test, or they go on asking for pictures. */
  closePages(): Promise<void>
  /** Errors of the pages and bugs of the stations. */
  readonly complaints: unknown[]
  close(): Promise<void>
}

/** The product's own screens, built once, each page on a station and a loopback host of its own. */
export async function wizardHarness(): Promise<WizardHarness> {
  const screensDir = await mkdtemp(join(tmpdir(), 'stationmaster-wizard-'))
  const testing = process.env['NODE_ENV']
  // What is shipped: vitest's own mode would bring React's development build, which is three times as slow.
  process.env['NODE_ENV'] = 'production'
  await build({ configFile: false, root: join(import.meta.dirname, '../../../src-renderer'), base: './', plugins: [react()], logLevel: 'error', build: { outDir: screensDir, minify: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 10_000 } })
  process.env['NODE_ENV'] = testing
  const browser: Browser = await launchChromium()
  const complaints: unknown[] = []
  const closers: (() => Promise<void>)[] = []
  return {
    complaints,
    async open({ lang = 'en', step, context: contextOptions, ...options } = {}) {
      const station = await draftStation(options)
      const host = await startLoopbackHost({ application: station.application, screensDir, port: 0 })
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: lang === 'de' ? 'de-DE' : 'en-GB', ...contextOptions })
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(error))
      closers.push(async () => {
        await context.close()
        await host.close()
        complaints.push(...station.application.bugs)
      })
      await page.goto(host.url)
      await page.getByRole('navigation').waitFor()
      const screens = page.url().replace(/[?#].*/, '')
      const goTo = async (to: string): Promise<void> => {
        await page.goto('about:blank')
        await page.goto(`${screens}?lang=${lang}#commissioning/${to}`)
        await page.getByRole('navigation').waitFor()
      }
      if (step !== undefined || lang !== 'en') await goTo(step ?? 'camera')
      return { page, station, goTo }
    },
    async closePages() {
      for (const close of closers.splice(0)) await close()
    },
    async close() {
      await browser.close()
      await rm(screensDir, { recursive: true, force: true })
    },
  }
}

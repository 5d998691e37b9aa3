import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { startLoopback, type RunningLoopback } from '../support/loopback.ts'

const minutes = 60_000
/** `SCREENS=dir` keeps a picture of every screen in both themes. */
const screensDir = process.env['SCREENS']

describe.skipIf(!hasChromium)('a newcomer with the demo station, by mouse, through the real host', () => {
  let host: RunningLoopback
  let browser: Browser
  let page: Page
  const violations: string[] = []

  beforeAll(async () => {
    host = await startLoopback()
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.on('console', (message) => { if (/Content Security Policy|Uncaught/.test(message.text())) violations.push(message.text()) })
    page.on('pageerror', (error) => violations.push(error.message))
    await page.goto(host.url)
  })
  afterAll(async () => {
    await browser.close()
    await host.stop()
  })

  /** Chapters of one story: after one that failed, the rest cannot be told. */
  let broken = false
  const chapter = (name: string, tell: () => Promise<void>, timeoutMs: number): void => {
    test(name, async ({ skip }) => {
      skip(broken, 'the chapter before it failed')
      broken = true
      await tell()
      broken = false
    }, timeoutMs)
  }

  const screen = async (name: string): Promise<void> => {
    if (!screensDir) return
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(screensDir, `${name}-${theme}.png`) })
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const next = (step: string): Promise<void> => page.getByRole('button', { name: `Next: ${step}` }).click({ timeout: minutes })

  chapter('first run, camera and a region drawn on the picture', async () => {
    await screen('first-run')
    await page.getByRole('button', { name: 'Machined plate' }).click()
    await page.getByRole('button', { name: 'Next: Regions' }).waitFor({ timeout: minutes })
    await screen('wizard-camera')
    await next('Regions')
    await page.getByRole('button', { name: 'Rectangle' }).click()
    const canvas = (await page.locator('canvas').first().boundingBox())!
    const at = (x: number, y: number): [number, number] => [canvas.x + canvas.width * x, canvas.y + canvas.height * y]
    await page.mouse.move(...at(0.15, 0.1))
    await page.mouse.down()
    await page.mouse.move(...at(0.5, 0.5), { steps: 4 })
    await page.mouse.move(...at(0.87, 0.92), { steps: 4 })
    await page.mouse.up()
    await page.getByText('Saved').waitFor()
    await screen('wizard-regions')
    await next('Good parts')
  }, minutes)

  chapter('good parts are taken, and a reload in the middle loses nothing', async () => {
    await page.getByLabel('How many').fill('24')
    await page.getByRole('button', { name: 'Take 24' }).click()
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    await page.reload()
    await expect.poll(() => page.locator('main').innerText(), { timeout: minutes }).toMatch(/24\s+good parts/)
    await screen('wizard-good-parts')
    await next('Threshold')
  }, 2 * minutes)

  chapter('the station learns, and the threshold can be moved by keys', async () => {
    await page.getByRole('button', { name: 'Learn', exact: true }).click()
    await page.getByRole('button', { name: 'Learn again' }).waitFor({ timeout: minutes })
    const field = page.getByRole('spinbutton', { name: 'Fail above' })
    const proposed = Number(await field.inputValue())
    await page.getByRole('button', { name: 'Set to q95' }).click()
    await expect.poll(async () => Number(await field.inputValue()), { timeout: 10_000 }).toBeGreaterThan(proposed)
    await screen('wizard-threshold')
    await next('Outputs')
  }, 2 * minutes)

  chapter('the reject output fires, and only somebody who saw it move may go on', async () => {
    expect(await page.getByRole('button', { name: 'Next: Run' }).isDisabled()).toBe(true)
    await page.getByRole('switch', { name: /armed/i }).click()
    await page.getByRole('button', { name: 'Fire Reject' }).click()
    await page.getByRole('button', { name: 'Yes' }).click()
    await screen('wizard-outputs')
    await next('Run')
    await screen('wizard-run')
    await page.getByRole('button', { name: 'Start the line' }).click()
  }, minutes)

  chapter('parts are judged live: a scratch fails, its reject pulse is counted, its evidence lies on disk', async () => {
    await page.getByText('PASS', { exact: true }).first().waitFor({ timeout: minutes })
    await page.getByRole('button', { name: /demo/i }).click()
    await page.getByRole('button', { name: 'Missing' }).click()
    await page.getByText('FAIL', { exact: true }).first().waitFor({ timeout: minutes })
    await page.getByRole('button', { name: 'Dark', exact: true }).click()
    await page.getByRole('button', { name: /^demo/i }).click()
    await page.getByRole('button', { name: /Part \d+: FAIL/ }).last().click()
    await screen('console')
    await page.getByRole('button', { name: /Part \d+: FAULT/ }).last().click({ timeout: minutes })
    await page.getByText(/too dark/i).first().waitFor({ timeout: minutes })
    const images = await readdir(join(host.dataDir, 'images'), { recursive: true })
    expect(images.filter((name) => /\.p[gnp]m$/.test(name)).length).toBeGreaterThan(2)
  }, 2 * minutes)

  chapter('a reload shows the same station, and nothing broke the content security policy on the way', async () => {
    await page.reload()
    await page.getByText(/PASS|FAIL/).first().waitFor({ timeout: minutes })
    expect(violations).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true)
  }, minutes)
})

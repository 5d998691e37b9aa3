import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { startLoopback, type RunningLoopback } from '../support/loopback.ts'

const minutes = 60_000
/** `SCREENS=dir` keeps a picture of every screen in both themes. */
const screensDir = process.env['SCREENS']

describe.skipIf(!hasChromium)('what a technician sees and chooses of models, through the real host', () => {
  let host: RunningLoopback
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    host = await startLoopback()
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
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
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(screensDir, `${name}-${colorScheme}.png`) })
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const next = (step: string): Promise<void> => page.getByRole('button', { name: `Next: ${step}` }).click({ timeout: minutes })

  chapter('a region, the size of a pixel and good parts', async () => {
    await page.getByRole('button', { name: 'Machined plate' }).click()
    await next('Regions')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByTestId('calibration').getByLabel('One pixel').fill('0.08')
    await page.getByTestId('calibration').getByLabel('One pixel').blur()
    await next('Good parts')
    await page.getByLabel('How many').fill('22')
    await page.getByRole('button', { name: 'Take 22' }).click()
    await expect.poll(() => page.locator('main').innerText(), { timeout: minutes }).toMatch(/22\s+good parts/)
    await next('Threshold')
  }, 2 * minutes)

  chapter('the settings are timed on this machine; one is proposed for the cycle, another is taken, and learning follows it', async () => {
    await page.getByLabel('Parts per minute').fill('60')
    await page.getByRole('button', { name: 'Measure on this machine' }).click()
    await page.locator('[data-setting]').getByText('proposed').waitFor({ timeout: 2 * minutes })
    const figures = await page.locator('[data-setting]').allInnerTexts()
    expect(figures.every((text) => /\d ms/.test(text) && /\d\s?%/.test(text))).toBe(true)
    await page.locator('[data-setting="fast"]').click()
    await screen('wizard-model-choice')
    await page.getByRole('button', { name: 'Learn', exact: true }).click()
    await page.getByRole('button', { name: 'Learn again' }).waitFor({ timeout: 2 * minutes })
    await page.getByRole('button', { name: 'Fast · PaDiM' }).waitFor()
    await page.getByText('of good parts will not be accepted').waitFor()
    await next('Outputs')
  }, 5 * minutes)

  chapter('a failed part says why, beside three good parts and with its area in mm²', async () => {
    await page.getByRole('switch', { name: /armed/i }).click()
    await page.getByRole('button', { name: 'Fire Reject' }).click()
    await page.getByRole('button', { name: 'Yes' }).click()
    await next('Run')
    await page.getByRole('button', { name: 'Start the line' }).click()
    await page.getByText('PASS', { exact: true }).first().waitFor({ timeout: minutes })
    await page.getByRole('button', { name: /demo/i }).click()
    await page.getByRole('button', { name: 'Missing' }).click()
    await page.getByRole('button', { name: /^demo/i }).click()
    await page.getByRole('button', { name: /Part \d+: FAIL/ }).last().click({ timeout: minutes })
    await page.getByRole('button', { name: 'Why?' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /Good part \d+/ }).nth(2).waitFor({ timeout: minutes })
    await dialog.getByText(/\d mm² \([\d,]+ px²\)/).waitFor()
    await screen('console-why')
    await dialog.getByRole('button', { name: /Good part \d+/ }).first().click()
    await dialog.getByRole('img', { name: /Good part \d+/ }).waitFor({ timeout: minutes })
    await screen('console-why-source')
    await page.keyboard.press('Escape')
  }, 3 * minutes)

  chapter('the models screen shows the recipe in force with its seal, and keeps an order of providers for the next start', async () => {
    await page.getByRole('button', { name: 'Models' }).click()
    const card = page.getByRole('article').first()
    await card.waitFor({ timeout: minutes })
    expect(await card.innerText()).toMatch(/Fast[\s\S]*filterBank-1-strided[\s\S]*22[\s\S]*ms[\s\S]*cpu[\s\S]*yes/)
    expect(await page.locator('[data-seal]').getAttribute('data-seal')).toBe('held')
    await page.getByLabel('Use webgpu').click()
    await page.getByRole('button', { name: 'Keep for the next start' }).click()
    await page.getByText('From the next start of the program on: cpu, webgpu.').waitFor({ timeout: minutes })
    await screen('models')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByTestId('verdict-word').waitFor({ timeout: minutes })
  }, 2 * minutes)
})

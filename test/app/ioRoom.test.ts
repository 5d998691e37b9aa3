import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { startLoopback, type RunningLoopback } from '../support/loopback.ts'

const minutes = 60_000

describe.skipIf(!hasChromium)('a technician at the signals of the demo station, through the real host', () => {
  let host: RunningLoopback
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    host = await startLoopback({ args: ['--demo'] })
    browser = await launchChromium()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await page.goto(`${host.url}#commissioning/outputs`)
    await page.getByRole('button', { name: /Outputs/ }).click({ timeout: minutes })
  }, 2 * minutes)
  afterAll(async () => {
    await browser.close()
    await host.stop()
  })

  const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click({ timeout: minutes })
  const coil = (at: Page) => at.locator('[data-register="coil 0"]')
  const valueOf = async (at: Page): Promise<string> => (await coil(at).locator('td').nth(3).innerText()).trim()
  const arm = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Hold to arm' }).hover({ timeout: minutes })
    await page.mouse.down()
    await page.getByText(/Armed for \d+ s more/).waitFor({ timeout: minutes })
    await page.mouse.up()
  }

  test('a coil is switched by hand only while armed, counts down, and goes off with the page', async () => {
    await tab('Signals')
    await coil(page).waitFor({ timeout: minutes })
    const toggle = page.getByRole('switch', { name: 'Switch Reject by hand' })
    expect(await toggle.isDisabled()).toBe(true)
    await arm()
    await toggle.click()
    await expect.poll(() => valueOf(page), { timeout: minutes }).toBe('1')
    await page.getByText(/off in 5\d s/).waitFor({ timeout: minutes })

    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.getByRole('tab', { name: 'Signals', exact: true }).click({ timeout: minutes })
    await expect.poll(() => valueOf(other), { timeout: minutes }).toBe('1')
    expect(await other.getByRole('switch', { name: 'Switch Reject by hand' }).isDisabled()).toBe(true)
    await page.goto('about:blank')
    await expect.poll(() => valueOf(other), { timeout: minutes }).toBe('0')
    page = other
  }, 4 * minutes)

  test('twenty pulses are fired and timed, and each is a part on the scope', async () => {
    await tab('Tests')
    await arm()
    const loops = page.getByRole('region', { name: 'Twenty pulses' })
    await loops.getByRole('button', { name: 'Run' }).click()
    await loops.getByText('20 of 20 completed').waitFor({ timeout: minutes })
    await tab('Scope')
    await page.getByRole('button', { name: '20', exact: true }).click()
    await expect.poll(() => page.getByRole('row').count(), { timeout: minutes }).toBeGreaterThanOrEqual(1 + 20)
    expect(await page.locator('[data-lane="reject"]').getAttribute('d')).toMatch(/V0\.2H/)
  }, 4 * minutes)

  test('the simulated cable pulls itself, and the link is back', async () => {
    await tab('Tests')
    await arm()
    const link = page.getByRole('region', { name: 'Pulled link' })
    await link.getByRole('button', { name: 'Run' }).click()
    await link.getByText('The reject read off afterwards').waitFor({ timeout: minutes })
  }, 4 * minutes)
})

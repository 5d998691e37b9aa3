import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { useHarness } from './support/useHarness.ts'

/** `SCREENS=dir` keeps pictures in both themes. */
const screensDir = process.env['SCREENS']

describe.skipIf(!hasChromium)('models', { timeout: 60_000 }, () => {
  const harness = useHarness()
  const heard = (page: Page) => page.evaluate(() => window.scripted.heard)
  const open = async (lang: string, theme: 'light' | 'dark') => {
    const page = await harness.open({ lang, theme })
    await page.getByRole('button', { name: lang === 'de' ? 'Modelle' : 'Models' }).click()
    await page.getByRole('article').first().waitFor()
    return page
  }

  test.each([['en', 'light'], ['de', 'dark']] as const)('every model of the recipe and of the draft has its card: hash, size, seal, line and intervals, in %s', async (lang, theme) => {
    const page = await open(lang, theme)
    const cards = page.getByRole('article')
    expect(await cards.count()).toBe(4)
    const first = await cards.first().innerText()
    for (const text of ['111111111111', '4.42', '160', '12.4', '5.1', '20', 'Scratches reach the customer', 'scratch', 'dust']) expect(first.replaceAll(',', '.')).toContain(text)
    expect(await page.locator('[data-seal]').getAttribute('data-seal')).toBe('held')
    await page.getByText(lang === 'de' ? 'Veraltet: neu lernen.' : 'Out of date: learn again.').waitFor()
    if (screensDir) await page.waitForTimeout(400).then(() => page.screenshot({ path: join(screensDir, `models-${lang}-${theme}.png`) }))
    await page.getByRole('button', { name: /^(Back|Zurück)$/ }).click()
    await page.getByTestId('verdict-word').waitFor()
  })

  test('providers are tried, put in order and kept for the next start, which the screen says', async () => {
    const page = await open('en', 'light')
    await page.getByText('From the next start of the program on: cuda, cpu.').waitFor()
    await page.getByRole('button', { name: 'Try all providers here' }).click()
    await page.locator('[data-provider="cpu"]').getByText('runs here, first run 0.6 ms').waitFor()
    await page.locator('[data-provider="webgpu"]').getByText('Failed to get a WebGPU adapter').waitFor()
    const save = page.getByRole('button', { name: 'Keep for the next start' })
    expect(await save.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'cpu: try earlier' }).click()
    await page.getByLabel('Use cuda').click()
    expect(await page.getByLabel('Use cpu').isDisabled()).toBe(true)
    await page.getByLabel('Build of onnxruntime').fill('/opt/onnxruntime')
    await save.click()
    expect(await heard(page)).toContain('models.setInference {"providers":["cpu"],"bindingPath":"/opt/onnxruntime"}')
  })

  test('an operator is asked who it is first', async () => {
    const page = await harness.open({ scene: 'locked' })
    await page.getByRole('button', { name: 'Models' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await page.getByRole('article').count()).toBe(0)
  })
})

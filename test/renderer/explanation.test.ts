import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { placePoint } from '../../src-main/domain/alignment.ts'
import { hasChromium } from '../support/chromium.ts'
import { scratchBox, turned } from './harness/scriptedParts.ts'
import { useHarness } from './support/useHarness.ts'

/** `SCREENS=dir` keeps pictures in both themes. */
const screensDir = process.env['SCREENS']
const pxPerMm = 96 / 25.4

describe.skipIf(!hasChromium)('explanations and detections on the console', { timeout: 60_000 }, () => {
  const harness = useHarness()
  const choose = (page: Page) => page.getByRole('button', { name: /(Part|Teil) 12.418/ }).last().click()
  const screen = async (page: Page, name: string): Promise<void> => {
    if (!screensDir) return
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(screensDir, `${name}.png`) })
  }

  test.each([['en', 'light'], ['de', 'dark']] as const)('a chosen part says why: score, area in mm² where calibrated, its hottest place and three good parts, in %s', async (lang, theme) => {
    const page = await harness.open({ lang, theme })
    expect(await page.getByRole('button', { name: /^(Why\?|Warum\?)$/ }).count()).toBe(0)
    await choose(page)
    const why = page.getByRole('button', { name: /^(Why\?|Warum\?)$/ })
    await why.waitFor()
    expect((await why.boundingBox())!.height).toBeGreaterThanOrEqual(15 * pxPerMm - 0.5)
    await why.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(lang === 'en' ? 'over the limit: 3.34 mm² (412 px²)' : 'über der Grenze: 3,34 mm² (412 px²)').waitFor()
    expect(await dialog.getByRole('button', { name: /(Good part|Gutteil) \d+/ }).count()).toBe(3)
    expect(await page.evaluate(() => window.scripted.heard)).toContain('evidence.explain face')
    await screen(page, `explanation-${lang}-${theme}`)
    await dialog.getByRole('button', { name: /(Good part|Gutteil) 31/ }).click()
    await dialog.getByRole('img', { name: /(Good part|Gutteil) 31/ }).waitFor()
    await screen(page, `explanation-source-${lang}-${theme}`)
    await dialog.getByRole('button', { name: /^(Back|Zurück)$/ }).click()
    expect(await dialog.getByRole('button', { name: /(Good part|Gutteil) \d+/ }).count()).toBe(3)
  })

  test('another region answers for itself, and a model that remembers nothing says so', async () => {
    const page = await harness.open()
    await choose(page)
    await page.getByRole('button', { name: 'Why?' }).click()
    await page.getByRole('button', { name: 'Lower edge' }).click()
    await page.getByText('Learn again to see them here').waitFor()
    await page.getByText('No area is over the limit.').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test.each(['light', 'dark'] as const)('boxes of a detector lie on the turned part, and only those that count, in %s', async (theme) => {
    const page = await harness.open({ scene: 'detected', theme })
    await page.getByRole('button', { name: /Part 12.419/ }).click()
    const boxes = page.getByTestId('detections')
    await boxes.waitFor()
    expect(await boxes.locator('text').allTextContents()).toEqual(['scratch 87 %'])
    const points = (await boxes.locator('polygon').last().getAttribute('points'))!.split(' ').map((pair) => pair.split(',').map(Number))
    const { left, top, width, height } = scratchBox
    const corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]].map(([x, y]) => placePoint({ x: x!, y: y! }, turned))
    for (const [i, { x, y }] of corners.entries()) {
      expect(points[i]![0]).toBeCloseTo(x, 6)
      expect(points[i]![1]).toBeCloseTo(y, 6)
    }
    const picture = (await page.getByRole('img', { name: 'Picture of part 12419' }).boundingBox())!
    const drawn = (await boxes.locator('polygon').last().boundingBox())!
    expect(drawn.x - picture.x).toBeCloseTo((Math.min(...corners.map(({ x }) => x)) * picture.width) / 640, -0.7)
    await screen(page, `detections-${theme}`)
  })
})

import { describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { clippedTexts } from './support/clippedTexts.ts'
import { useHarness } from './support/useHarness.ts'

describe.skipIf(!hasChromium)('first run', () => {
  const harness = useHarness()
  const heard = () => window.scripted.heard

  test('a part of the demo begins with that simulated camera', async () => {
    const page = await harness.open({ scene: 'empty' })
    await page.getByRole('button', { name: 'Woven cloth' }).click()
    await expect.poll(() => page.evaluate(heard), { timeout: 10_000 }).toEqual(['commissioning.begin {"source":"simulated:weave"}'])
  })

  test('commissioning begins with nothing chosen', async () => {
    const page = await harness.open({ scene: 'empty' })
    await page.getByRole('button', { name: 'Begin' }).click()
    await expect.poll(() => page.evaluate(heard), { timeout: 10_000 }).toEqual(['commissioning.begin {}'])
  })

  test('import is disabled and says why', async () => {
    const page = await harness.open({ scene: 'empty' })
    expect(await page.getByRole('button', { name: 'Choose a file' }).isDisabled()).toBe(true)
    await page.getByText('station files come with a later version').waitFor()
  })

  test.each(['en', 'de', 'pseudo'])('no text is cut, in %s', async (lang) => {
    const page = await harness.open({ scene: 'empty', lang })
    for (const [width, height] of [[1280, 720], [1920, 1080], [1024, 768]] as const) {
      await page.setViewportSize({ width, height })
      expect(await clippedTexts(page), `${width} × ${height}`).toEqual([])
    }
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { clippedTexts } from './support/clippedTexts.ts'
import { withBaseline, withCamera, withRegion } from './support/drafts.ts'
import { wizardHarness, type WizardHarness } from './support/openWizard.ts'

const settled = { timeout: 15_000 }

describe.skipIf(!hasChromium)('finding the part, in the regions step', { timeout: 60_000 }, () => {
  let harness: WizardHarness
  beforeAll(async () => (harness = await wizardHarness()))
  afterEach(() => harness.closePages())
  afterAll(async () => {
    await harness.close()
    expect(harness.complaints).toEqual([])
  })

  test('switched on it teaches a rectangle, says how surely the part is found, takes another by numbers, and is switched off', async () => {
    const { page, station } = await harness.open({ draft: withBaseline(60), step: 'regions' })
    const onOff = page.getByRole('switch', { name: 'Find the part first' })
    expect(await onOff.isChecked()).toBe(false)
    await onOff.click()
    await expect.poll(() => station.draft().alignment?.taught.rectangle, settled).toEqual({ kind: 'rectangle', x: 96, y: 72, width: 448, height: 336 })
    await page.getByText('Found in 60 of 60 good parts.').waitFor()
    await page.getByText('2.41 px and 0.58°').waitFor()

    const section = page.getByTestId('alignment')
    await section.getByLabel('Left').fill('120')
    await section.getByLabel('Width').fill('300')
    await section.getByLabel('Turned').fill('0')
    await section.getByRole('button', { name: 'Teach this rectangle' }).click()
    await expect.poll(() => station.draft().alignment?.taught.rectangle, settled).toEqual({ kind: 'rectangle', x: 120, y: 72, width: 300, height: 336 })
    expect(station.draft().alignment?.taught.travel).toEqual({ shiftPx: 40, rotationDeg: 0 })

    await onOff.click()
    await expect.poll(() => station.draft().alignment, settled).toBeNull()
  })

  test('a refused rectangle says why, and what was taught before stays', async () => {
    const { page, station } = await harness.open({ draft: withRegion, step: 'regions' })
    await page.getByRole('switch', { name: 'Find the part first' }).click()
    await page.getByText('teach again to see').waitFor()
    const taught = station.draft().alignment
    const section = page.getByTestId('alignment')
    await section.getByLabel('Width').fill('35')
    await section.getByRole('button', { name: 'Teach this rectangle' }).click()
    await page.getByText('it shows hardly any edge').waitFor()
    expect(station.draft().alignment).toBe(taught)
  })

  test('a first rectangle that is refused leaves the fields open for another', async () => {
    const { page, station } = await harness.open({ draft: withCamera, step: 'regions' })
    const onOff = page.getByRole('switch', { name: 'Find the part first' })
    await onOff.click()
    await page.getByText('it shows hardly any edge').waitFor()
    expect(station.draft().alignment).toBeNull()
    await page.getByText('Nothing is taught yet').waitFor()
    expect(await page.getByTestId('alignment').getByLabel('Width').inputValue()).toBe('448')
    await onOff.click()
    await page.getByText('For parts that do not lie still').waitFor()
  })

  test.each([['en', 'light'], ['de', 'dark']] as const)('fits its panel: %s, %s', async (lang, colorScheme) => {
    const { page } = await harness.open({ draft: withBaseline(60), step: 'regions', lang, context: { colorScheme } })
    await page.getByTestId('alignment').getByRole('switch').click()
    await page.getByTestId('alignment').getByText('60').waitFor()
    expect(await clippedTexts(page)).toEqual([])
    const shots = process.env['STATIONMASTER_SCREENS']
    if (shots !== undefined) await page.screenshot({ path: `${shots}/alignment-${lang}-${colorScheme}.png` })
  })
})

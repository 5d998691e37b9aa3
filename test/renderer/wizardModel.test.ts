import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { withBaseline, withModel, withRegion } from './support/drafts.ts'
import { wizardHarness, type WizardHarness } from './support/openWizard.ts'

const settled = { timeout: 15_000 }
/** `SCREENS=dir` keeps pictures in both themes. */
const screensDir = process.env['SCREENS']

describe.skipIf(!hasChromium)('the choice of method and setting', { timeout: 120_000 }, () => {
  let harness: WizardHarness
  beforeAll(async () => (harness = await wizardHarness()))
  afterEach(() => harness.closePages())
  afterAll(async () => {
    await harness.close()
    expect(harness.complaints).toEqual([])
  })

  test.each(['en', 'de'])('the time of a part is given, the settings are timed, and the one that fits is proposed with its reason, in %s', async (lang) => {
    const say = (en: string, de: string): string => (lang === 'de' ? de : en)
    const { page, station } = await harness.open({ draft: withBaseline(), step: 'threshold', lang, paceMs: 5 })
    await page.getByLabel(say('Parts per minute', 'Teile je Minute')).fill('1500')
    expect(await page.getByLabel(say('Time per part', 'Zeit je Teil')).inputValue()).toBe('40')
    await page.getByRole('button', { name: say('Measure on this machine', 'Auf diesem Rechner messen') }).click()
    await page.locator('[data-setting="standard"]').getByText(say('proposed', 'Vorschlag')).waitFor()
    await page.getByText(say('Standard takes at most half of the cycle', 'Standard braucht höchstens den halben Takt')).waitFor()
    expect(await page.locator('[data-setting="detailed"]').innerText()).toContain('78')
    expect(station.draft()).toMatchObject({ cycleTimeMs: 40, timings: [{ method: 'padim' }] })
    if (screensDir)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: join(screensDir, `model-choice-${lang}-${colorScheme}.png`) })
      }
    await page.locator('[data-setting="detailed"]').click()
    await page.getByRole('button', { name: say('Anyhow', 'Beliebig') }).click()
    await expect.poll(() => station.draft().choice, settled).toEqual({ method: 'patchcore', setting: 'detailed' })
    await page.getByText(say('Not measured yet', 'noch nicht gemessen')).waitFor()
  })

  test('another choice makes what was learnt out of date, and the one before makes it valid again', async () => {
    const { page } = await harness.open({ draft: withModel(), step: 'threshold' })
    await page.getByRole('button', { name: 'Standard · PaDiM' }).click()
    await page.locator('[data-setting="fast"]').click()
    await page.locator('[data-step="threshold"][data-phase="stale"]').waitFor()
    await page.locator('[data-setting="standard"]').click()
    await page.locator('[data-step="threshold"][data-phase="passed"]').waitFor()
  })

  test('the size of a pixel is given as it is, or by the width of the selected rectangle, and can be forgotten', async () => {
    const { page, station } = await harness.open({ draft: withRegion, step: 'regions' })
    const calibration = page.getByTestId('calibration')
    expect(await calibration.getByLabel('Selection').isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Face' }).click()
    await calibration.getByLabel('Selection').fill('110')
    await calibration.getByLabel('Selection').blur()
    await expect.poll(() => station.draft().calibration, settled).toEqual({ mmPerPx: 0.25 })
    await calibration.getByLabel('One pixel').fill('0.1')
    await calibration.getByLabel('One pixel').blur()
    await expect.poll(() => station.draft().calibration, settled).toEqual({ mmPerPx: 0.1 })
    await expect.poll(() => calibration.getByLabel('Selection').inputValue(), settled).toBe('44')
    await calibration.getByRole('button', { name: 'Forget the size of a pixel' }).click()
    await expect.poll(() => station.draft().calibration, settled).toBeUndefined()
  })

  test('the coach speaks beside the line, and names the strange pictures that hardly belong', async () => {
    const draft = withModel()
    const [learnt] = draft.learnt!.regions
    const holdOutScores = learnt!.holdOutScores.map((score, i) => (i === 7 ? 60 : score))
    const { page } = await harness.open({ draft: { ...draft, learnt: { ...draft.learnt!, regions: [{ ...learnt!, holdOutScores }] } }, step: 'threshold' })
    await page.getByText('of good parts will not be accepted').waitFor()
    await page.getByText('hardly belongs').waitFor()
    expect(await page.getByText('hardly belongs').count()).toBe(1)
    if (screensDir) await page.screenshot({ path: join(screensDir, 'threshold-coach.png') })
  })

  test.each(['en', 'de'])('a backbone is taken in by its path, a file that is none is refused with its sentence and its detail, in %s', async (lang) => {
    const say = (en: string, de: string): string => (lang === 'de' ? de : en)
    const { page, station } = await harness.open({ draft: withModel(), step: 'threshold', lang, paceMs: 5 })
    await page.getByRole('button', { name: say('Models', 'Modelle'), exact: true }).click()
    const panel = page.getByRole('region', { name: say('Import into the draft', 'In den Entwurf importieren') })
    await panel.getByLabel(say('ONNX file', 'ONNX-Datei')).fill('/models/notes.txt')
    await panel.getByRole('button', { name: say('Try it and take it in', 'Versuchen und übernehmen') }).click()
    await panel.getByText('/models/notes.txt: this is not an ONNX model. Export it as ONNX.').waitFor()
    expect(await panel.getByRole('alert').count()).toBe(1)
    if (screensDir) await page.screenshot({ path: join(screensDir, `import-refused-${lang}.png`) })
    await panel.getByLabel(say('ONNX file', 'ONNX-Datei')).fill('/models/features.onnx')
    await panel.getByRole('button', { name: say('Try it and take it in', 'Versuchen und übernehmen') }).click()
    await expect.poll(() => station.draft().source?.path, settled).toBe('/models/features.onnx')
    await panel.getByText(say('Learning uses the features of features.onnx.', 'Gelernt wird mit den Merkmalen von features.onnx.')).waitFor()
    await page.getByRole('button', { name: say('Back', 'Zurück') }).click()
    await page.locator('[data-step="threshold"][data-phase="stale"]').waitFor()
    await page.getByRole('button', { name: say('Imported · PaDiM', 'Importiert · PaDiM') }).click()
    await page.getByRole('button', { name: say('Use own features', 'Eigene Merkmale') }).click()
    await page.locator('[data-step="threshold"][data-phase="passed"]').waitFor()
  })

  test('a detector for a region has its limits per class beside the line, with the names it uses itself', async () => {
    const { page, station } = await harness.open({ draft: withModel(), step: 'threshold', paceMs: 5 })
    await page.getByRole('button', { name: 'Models', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Import into the draft' })
    await panel.getByRole('button', { name: 'Detector' }).click()
    await panel.getByLabel('ONNX file').fill('/models/yolo.onnx')
    await panel.getByRole('button', { name: 'Try it and take it in' }).click()
    await panel.getByText('Face has the detector yolo.onnx.').waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    const scratch = page.getByRole('group', { name: 'scratch' })
    await scratch.getByText('(it says: SCRATCH_SURFACE)').waitFor()
    await scratch.getByLabel('Counts from').fill('60')
    await scratch.getByLabel('Smallest area').fill('24')
    await scratch.getByLabel('Severity').click()
    await page.getByRole('option', { name: 'Critical' }).click()
    await expect.poll(() => station.draft().detectors![0]!.detector.classes[0], settled).toMatchObject({ minConfidence: 0.6, minAreaPx: 24, severity: 'critical', labels: [0] })
    if (screensDir) {
      await scratch.scrollIntoViewIfNeeded()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(400)
        await page.screenshot({ path: join(screensDir, `detector-classes-${colorScheme}.png`) })
      }
    }
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { hasChromium } from '../support/chromium.ts'
import { withBaseline, withCamera, withModel, withRegion } from './support/drafts.ts'
import { wizardHarness, type WizardHarness } from './support/openWizard.ts'

const steps = ['camera', 'regions', 'baseline', 'threshold', 'outputs', 'run'] as const
const pxPerMm = 96 / 25.4
/** Long enough for a machine that is busy with other things. */
const settled = { timeout: 15_000 }

describe.skipIf(!hasChromium)('commissioning wizard', { timeout: 120_000 }, () => {
  let harness: WizardHarness
  beforeAll(async () => (harness = await wizardHarness()))
  afterEach(() => harness.closePages())
  afterAll(async () => {
    await harness.close()
    expect(harness.complaints).toEqual([])
  })
  const next = (page: Page) => page.getByRole('button', { name: /^(Next|Weiter): / })

  test.each(['en', 'de'])('leads from nothing to a running line, in %s', async (lang) => {
    const { page, station } = await harness.open({ lang, paceMs: 2 })
    const say = (en: string, de: string): string => (lang === 'de' ? de : en)
    expect(await next(page).isDisabled()).toBe(true)
    await page.getByText(say('Choose a camera first.', 'Zuerst eine Kamera wählen.')).waitFor()
    await page.getByRole('radio').first().click()
    await next(page).click()
    await page.getByRole('button', { name: say('Add', 'Neu'), exact: true }).click()
    await page.locator('[data-step="regions"][data-phase="passed"]').waitFor()
    await next(page).click()
    await page.getByRole('button', { name: say('Take 60', '60 aufnehmen') }).click()
    await page.locator('[data-step="baseline"][data-phase="passed"]').waitFor()
    await page.getByRole('button', { name: say('Take 3', '3 aufnehmen') }).waitFor()
    await next(page).click()
    await page.getByRole('button', { name: say('Learn', 'Lernen') }).click()
    await page.getByRole('slider').waitFor()
    await next(page).click()
    await page.getByRole('switch').filter({ visible: true }).first().click()
    await page.getByRole('button', { name: say('Fire Reject', 'Ausschuss auslösen') }).click()
    await page.getByRole('button', { name: say('Yes', 'Ja') }).click()
    await next(page).click()
    await page.getByRole('button', { name: say('Start the line', 'Linie starten') }).click()
    await expect.poll(() => station.heard.at(-1), settled).toBe('finish')
  })

  test('a reload in the middle comes back to the step, the data and the work under way', async () => {
    const { page, station } = await harness.open({ draft: withRegion, step: 'baseline' })
    await page.getByRole('button', { name: 'Take 60' }).click()
    for (let i = 0; i < 5; i++) {
      await expect.poll(() => station.jobs().length, settled).toBe(1)
      station.step()
      await expect.poll(() => station.draft().baseline.length, settled).toBe(i + 1)
    }
    await page.reload()
    await page.getByRole('progressbar').waitFor()
    expect(page.url()).toContain('#commissioning/baseline')
    await page.getByRole('button', { name: 'Picture 5' }).waitFor()
    station.step()
    await page.getByRole('button', { name: 'Picture 6' }).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Take 54' }).waitFor()
    expect(station.draft().baseline).toHaveLength(6)
  })

  test('cancelled learning leaves the old state and no error', async () => {
    const { page, station } = await harness.open({ draft: withBaseline(), step: 'threshold' })
    await page.getByRole('button', { name: 'Learn' }).click()
    station.step()
    await page.getByRole('progressbar').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Learn' }).waitFor()
    expect(station.draft().learnt).toBeNull()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('the threshold follows the mouse, the keys and the buttons, and the main process keeps it', async () => {
    const { page, station } = await harness.open({ draft: withModel(), step: 'threshold' })
    const line = page.getByRole('slider', { name: 'Fail above' })
    const saved = () => station.draft().learnt!.regions[0]!.limits.failAbove
    const shown = async () => Number(await line.getAttribute('aria-valuenow'))
    const start = saved()
    const box = (await line.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 90, box.y + 40, { steps: 12 })
    await page.mouse.up()
    expect(await shown()).toBeGreaterThan(start + 0.5)
    await expect.poll(saved, settled).toBe(await shown())
    await line.focus()
    const dragged = await shown()
    await page.keyboard.press('ArrowLeft')
    const once = dragged - (await shown())
    await page.keyboard.press('Shift+ArrowLeft')
    expect(dragged - (await shown())).toBeCloseTo(11 * once, 6)
    await page.getByRole('button', { name: 'Fail above: raise' }).click()
    await expect.poll(saved, settled).toBe(await shown())
  })

  test('the table answers a moved line within 100 ms, with 500 good parts', async () => {
    const { page } = await harness.open({ draft: withModel(500), step: 'threshold' })
    await page.getByRole('slider').focus()
    const devtools = await page.context().newCDPSession(page)
    // Time of the page's own thread: what else the machine is doing does not count.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const busyMs = async () => 1_000 * (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value
    const answers: number[] = []
    for (let i = 0; i < 20; i++) {
      const before = await busyMs()
      await page.keyboard.press('Shift+ArrowLeft')
      await page.evaluate(() => new Promise(requestAnimationFrame))
      answers.push((await busyMs()) - before)
    }
    const typical = answers.sort((a, b) => a - b)[10]!
    console.info(`threshold: an answer takes ${typical.toFixed(1)} ms of the page's thread, ${answers.at(-1)!.toFixed(1)} ms at the most`)
    expect(answers.at(-1)!).toBeLessThan(100)
  })

  test('known-bad parts are taken, named and marked; the table then knows what a line misses, and the reason is kept', async () => {
    const { page, station } = await harness.open({ draft: withModel(), step: 'threshold', paceMs: 5, replay: { parts: 1_240, changed: 3, undecided: 0, passBefore: 1_200, passAfter: 1_197 } })
    await page.getByText('cannot be known from good parts').waitFor()
    await page.getByText('3 of the 1,240 parts').waitFor()
    await page.getByLabel('What is wrong').first().fill('scratch')
    await page.getByRole('button', { name: 'Take 5 known-bad' }).click()
    await page.getByText('of 5 known-bad parts: with 95 % confidence at least').waitFor()
    expect(await page.locator('[data-known-bad]').count()).toBe(5)
    expect(station.draft().knownBad.map(({ kind }) => kind)).toEqual(Array(5).fill('scratch'))
    await page.getByRole('button', { name: 'Cheapest:' }).click()
    await page.getByLabel('Why this line').fill('Scratches reach the customer')
    const basis = () => station.draft().learnt!.regions[0]!.limits.basis
    await expect.poll(() => basis().reason, settled).toBe('Scratches reach the customer')
    expect(basis()).toMatchObject({ rule: 'technician', costRatio: 50 })
    await page.getByRole('button', { name: 'Remove known-bad part scratch' }).first().click()
    await expect.poll(() => station.draft().knownBad.length, settled).toBe(4)
  })

  test('a removed strange picture makes the threshold out of date, and the step says what to do', async () => {
    const { page, station } = await harness.open({ draft: withModel(), step: 'threshold' })
    await page.getByRole('button', { name: /Good part with score/ }).first().click()
    await page.getByRole('button', { name: 'Not good: remove it' }).click()
    await page.locator('[data-step="threshold"][data-phase="stale"]').waitFor()
    await page.getByText('learn again').first().waitFor()
    expect(station.draft().baseline).toHaveLength(59)
  })

  test('flagged pictures are named in words, selected together and removed', async () => {
    const { page, station } = await harness.open({ draft: withBaseline(), step: 'baseline' })
    await page.getByRole('button', { name: 'Picture 17, blurred' }).waitFor()
    await page.getByRole('button', { name: 'Select the 3 set aside' }).click()
    await page.getByRole('button', { name: 'Remove 3 pictures' }).click()
    await expect.poll(() => station.draft().baseline.length, settled).toBe(57)
  })

  test('500 captured pictures keep the page small', async () => {
    const { page } = await harness.open({ draft: withBaseline(500), step: 'baseline' })
    await page.locator('[data-frame="0"]').focus()
    expect(await page.locator('[data-frame]').count()).toBeLessThan(60)
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => Number(document.activeElement?.getAttribute('data-frame'))), settled).toBeGreaterThan(150)
  })

  test('outputs fire only while armed, and arming wears off after a minute', async () => {
    const { page } = await harness.open({ draft: withCamera })
    await page.clock.install()
    await page.getByRole('button', { name: /Outputs/ }).click()
    const fire = page.getByRole('button', { name: 'Fire Reject' })
    expect(await fire.isDisabled()).toBe(true)
    await page.getByRole('switch', { name: 'Outputs armed' }).click()
    expect(await fire.isEnabled()).toBe(true)
    await page.clock.runFor(61_000)
    expect(await fire.isDisabled()).toBe(true)
  })

  test('a coil that another output has is refused where it is typed', async () => {
    const { page, station } = await harness.open({ draft: withCamera, step: 'outputs' })
    await page.getByRole('switch', { name: 'Hold is wired' }).click()
    await expect.poll(() => station.draft().plc.wiring.hold?.coil, settled).toBe(1)
    await page.getByLabel('Coil (from 0)').last().fill('0')
    await page.getByText('Another output has it').waitFor()
    await page.getByLabel('Coil (from 0)').last().fill('9')
    await expect.poll(() => station.draft().plc.wiring.hold?.coil, settled).toBe(9)
    await page.getByText('00010 in the manual').waitFor()
  })

  test('a folder that cannot be used says why beside its field', async () => {
    const { page } = await harness.open({ step: 'camera' })
    await page.getByLabel('Another folder').fill('/nowhere')
    await page.getByRole('button', { name: 'Use this folder' }).click()
    await page.getByText('/nowhere: no such directory').waitFor()
  })

  test.each(['en', 'de', 'pseudo'])('every step fits 1280 × 800 with at most one inner scroll area and no cut text, in %s', async (lang) => {
    const { page, goTo } = await harness.open({ draft: withModel(), lang })
    for (const step of steps.slice(0, -1)) {
      await goTo(step)
      await page.waitForTimeout(300)
      const seen = await page.evaluate(() => {
        const { scrollHeight, scrollWidth } = document.documentElement
        const scrolling = [...document.querySelectorAll('main *')].filter((box) => box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY === 'auto')
        const cut = [...document.querySelectorAll<HTMLElement>('header *, nav *, main *')].filter(
          (text) => text.childElementCount === 0 && text.textContent.trim() !== '' && ((text.scrollWidth > text.clientWidth + 1 && getComputedStyle(text).overflowX !== 'visible') || text.getBoundingClientRect().right > innerWidth + 1),
        )
        return { page: [scrollWidth, scrollHeight], scrolling: scrolling.length, cut: cut.map((text) => text.textContent) }
      })
      expect(seen, step).toEqual({ page: [1280, 800], scrolling: expect.toBeOneOf([0, 1]), cut: [] })
    }
  })

  test('every button and field is at least 10 mm high', async () => {
    const { page, goTo } = await harness.open({ draft: withModel() })
    for (const step of steps.slice(0, -1)) {
      await goTo(step)
      if (step === 'regions') await page.getByRole('button', { name: 'Face' }).click()
      const small = await page.evaluate(
        (least) =>
          [...document.querySelectorAll<HTMLElement>('button, [role=slider], .MuiInputBase-root')]
            .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < least)
            .map((target) => `${target.textContent || target.getAttribute('aria-label')}: ${target.getBoundingClientRect().height}`),
        10 * pxPerMm - 0.5,
      )
      expect(small, step).toEqual([])
    }
  })
})

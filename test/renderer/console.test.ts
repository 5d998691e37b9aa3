import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { hasChromium } from '../support/chromium.ts'
import { clippedTexts } from './support/clippedTexts.ts'
import { useHarness } from './support/useHarness.ts'
import type { SceneName } from './harness/scenes.ts'

const sizes = [[1280, 720], [1280, 800], [1920, 1080], [1024, 768]] as const
const judged = ['passing', 'running', 'unsure'] as const satisfies SceneName[]
const standing = ['faulted', 'waiting', 'holding', 'latched', 'latchedForTechnician', 'onTheLine', 'stopRequested', 'stopped'] as const satisfies SceneName[]
const pxPerMm = 96 / 25.4

describe.skipIf(!hasChromium)('console', () => {
  const harness = useHarness()
  const slowMachine = { timeout: 10_000 }
  const word = (page: Page) => page.getByTestId('verdict-word')
  const shape = (page: Page) => page.getByTestId('band').locator('[data-verdict]').getAttribute('data-verdict')
  const heard = (page: Page) => page.evaluate(() => window.scripted.heard)

  const play = async (page: Page, scene: SceneName) => {
    await page.evaluate((name) => window.playScene(name), scene)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }

  test.each(['en', 'de', 'pseudo'])('nothing scrolls and no text is cut at any size of screen, in %s', async (lang) => {
    const page = await harness.open({ lang })
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      for (const scene of [...judged, ...standing]) {
        await play(page, scene)
        const scrolls = await page.evaluate(() =>
          [document.documentElement, document.querySelector('main')!].some((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight),
        )
        expect.soft(scrolls, `${scene} at ${width} × ${height} scrolls`).toBe(false)
        expect.soft(await clippedTexts(page), `${scene} at ${width} × ${height}`).toEqual([])
      }
    }
  })

  test.each(['en', 'de'])('capitals of a verdict are 30 mm and figures of the counters 12 mm high, in %s', async (lang) => {
    const page = await harness.open({ lang })
    for (const scene of judged) {
      await play(page, scene)
      expect((await word(page).boundingBox())!.height, scene).toBeGreaterThanOrEqual(30 * pxPerMm - 0.5)
      expect((await page.getByTestId('counters').locator('dd').first().boundingBox())!.height).toBeGreaterThanOrEqual(12 * pxPerMm - 0.5)
    }
  })

  test('buttons are as large as fingers in gloves need them', async () => {
    const page = await harness.open({ size: [1024, 768] })
    for (const button of await page.getByRole('button').all()) {
      const name = (await button.getAttribute('aria-label')) ?? (await button.innerText())
      const { height } = (await button.boundingBox())!
      expect(height, name).toBeGreaterThanOrEqual((/Stop|Review|Help/.test(name) ? 20 : 15) * pxPerMm - 0.5)
    }
  })

  test('every outcome has its own shape and its own word, so a greyscale screen reads', async () => {
    const seen = new Map<string, string>()
    const page = await harness.open()
    for (const scene of [...judged, 'faulted', 'waiting', 'holding', 'stopped'] as const) {
      await play(page, scene)
      seen.set((await shape(page))!, await word(page).innerText())
    }
    expect(Object.fromEntries(seen)).toEqual({ pass: 'PASS', fail: 'FAIL', unsure: 'UNSURE', fault: 'FAULT', ready: 'READY', hold: 'HOLD', stopped: 'STOPPED' })
  })

  test('a new part changes the verdict, the picture and the strip', async () => {
    const page = await harness.open({ scene: 'passing' })
    await page.evaluate(() => window.scripted.passPart('fail'))
    await page.getByText('FAIL', { exact: true }).first().waitFor()
    expect(await shape(page)).toBe('fail')
    await page.getByTestId('heat').first().waitFor()
    await page.getByRole('button', { name: /Part 12,418: FAIL/ }).waitFor()
  })

  test('holding says what it waits for and what to do', async () => {
    const page = await harness.open({ scene: 'holding' })
    await page.getByTestId('band').getByText('The PLC cannot be reached.').waitFor()
    expect(await word(page).innerText()).toBe('HOLD')
  })

  test('arrows walk through the last parts, Esc comes back to live', async () => {
    const page = await harness.open()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.getByText('#12,416').waitFor()
    expect(await word(page).innerText()).toBe('PASS')
    await page.keyboard.press('ArrowRight')
    await page.getByText('#12,417').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('#12,418').waitFor()
    expect(await page.getByRole('button', { name: 'Back to live' }).count()).toBe(0)
  })

  test('H hides the heat and a reload remembers it', async () => {
    const page = await harness.open()
    await page.getByTestId('heat').first().waitFor()
    await page.keyboard.press('h')
    expect(await page.getByTestId('heat').count()).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: 'Heatmap' }).waitFor()
    expect(await page.getByRole('button', { name: 'Heatmap' }).getAttribute('aria-pressed')).toBe('false')
  })

  test('Tab reaches every control and each shows where the focus is', async () => {
    const page = await harness.open()
    const reached = new Set<string>()
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement
        const shown = element.matches('input[type=range]') ? element.parentElement! : element
        const { outlineStyle, boxShadow } = getComputedStyle(shown)
        return { name: element.getAttribute('aria-label') ?? element.innerText, isShown: outlineStyle !== 'none' || boxShadow !== 'none', isBody: element === document.body }
      })
      if (focused.isBody) continue
      expect(focused.isShown, focused.name).toBe(true)
      reached.add(focused.name.split('\n')[0]!)
    }
    for (const name of ['Choose the language', 'Choose light or dark', 'Commission', 'Heatmap on or off', 'Opacity of the heatmap', 'Part 12,418: FAIL', 'Review (42)', 'Stop', 'Help']) expect([...reached]).toContain(name)
  })

  test('Stop acts after a second of holding and not before, by key as by finger', async () => {
    const page = await harness.open()
    const stop = page.getByRole('button', { name: 'Stop' })
    await page.clock.install()
    await stop.focus()
    await page.keyboard.down('Space')
    await page.clock.runFor(900)
    await page.keyboard.up('Space')
    await page.clock.runFor(2_000)
    expect(await heard(page)).toEqual([])
    await stop.hover()
    await page.mouse.down()
    await page.clock.runFor(1_050)
    expect(await heard(page)).toEqual(['station.stop'])
    await page.mouse.up()
  })

  test('Run appears when the station stands still', async () => {
    const page = await harness.open({ scene: 'stopped' })
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    expect(await heard(page)).toEqual(['station.run'])
  })

  test('the demo orders a defect for the next part', async () => {
    const page = await harness.open()
    await page.getByRole('button', { name: /^Demo/ }).click()
    await page.getByRole('button', { name: 'Scratch' }).click()
    await expect.poll(() => heard(page), slowMachine).toEqual(['world.inject {"what":"scratch"}'])
  })

  test('a lost station is said over everything, looks stale, and comes back by itself', async () => {
    const page = await harness.open()
    await page.evaluate(() => window.scripted.goAway())
    const banner = page.getByText('The station does not answer.')
    await banner.waitFor()
    expect(await page.getByTestId('band').evaluate((band) => getComputedStyle(band.parentElement!).filter)).toBe('grayscale(1)')
    expect(await page.getByRole('button', { name: 'Stop' }).isDisabled()).toBe(true)
    await page.evaluate(() => window.scripted.comeBack())
    await banner.waitFor({ state: 'detached' })
    await page.evaluate(() => window.scripted.passPart('unsure'))
    await page.getByTestId('band').getByText('UNSURE', { exact: true }).waitFor()
  })

  test('the language changes without a reload and stays after one', async () => {
    const page = await harness.open()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await page.getByRole('button', { name: 'Choose the language' }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByTestId('band').getByText('FEHLER', { exact: true }).waitFor()
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    await page.goto('http://localhost/?scene=running')
    await page.getByTestId('band').getByText('FEHLER', { exact: true }).waitFor()
  })

  test('commissioning asks for the PIN where one is set, and a wrong one goes nowhere', async () => {
    const page = await harness.open({ scene: 'locked' })
    await page.getByRole('button', { name: 'Commission' }).click()
    await page.keyboard.type('1111')
    await page.keyboard.press('Enter')
    await page.getByText('This PIN is not right.').waitFor()
    expect(await heard(page)).toEqual([])
    for (const digit of '2468') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: 'OK' }).click()
    await expect.poll(() => heard(page), slowMachine).toEqual(['commissioning.begin {}'])
  })

  test('a stop request says why, beside the verdict, and goes when the operator clears it', async () => {
    const page = await harness.open({ scene: 'stopRequested' })
    const bar = page.getByTestId('stop-request')
    await bar.getByText('a known bad part was accepted').waitFor()
    expect(await word(page).isVisible()).toBe(true)
    await bar.getByRole('button', { name: 'Clear stop request' }).click()
    await bar.waitFor({ state: 'detached' })
    expect(await heard(page)).toEqual(['station.clearStopRequest'])
  })

  const hold = async (page: Page, name: string) => {
    await page.clock.install()
    await page.getByRole('button', { name }).hover()
    await page.mouse.down()
    await page.clock.runFor(1_050)
    await page.mouse.up()
  }

  test('a part is inspected by a press where parts are triggered by hand, and a known bad one announced by holding', async () => {
    const page = await harness.open({ scene: 'stopRequested' })
    await page.getByRole('button', { name: 'Inspect part' }).click()
    await hold(page, 'Known bad part next')
    await expect.poll(() => heard(page), slowMachine).toEqual(['station.trigger', 'station.challengeNext'])
  })

  test('where the PLC triggers nobody does it by hand, and control is taken by holding', async () => {
    const page = await harness.open({ scene: 'onTheLine' })
    await page.getByText('Last known bad part: found').waitFor()
    expect(await page.getByRole('button', { name: 'Inspect part' }).count()).toBe(0)
    await hold(page, 'Take control')
    await expect.poll(() => heard(page), slowMachine).toEqual(['station.setControl human'])
  })

  test('a fault that an operator may not clear says who may, and asks for that person', async () => {
    const page = await harness.open({ scene: 'latchedForTechnician' })
    await page.getByRole('button', { name: 'Clear fault by a technician' }).click()
    expect(await heard(page)).toEqual([])
    await page.keyboard.type('2468')
    await page.keyboard.press('Enter')
    await expect.poll(() => heard(page), slowMachine).toEqual(['station.clearFault'])
  })

  test('a panel of known size gets true millimetres', async () => {
    const page = await harness.open()
    const before = (await page.getByRole('button', { name: 'Help' }).boundingBox())!.height
    await page.evaluate(() => localStorage.setItem('stationmaster.ui', JSON.stringify({ state: { panelDiagonalMm: 320 }, version: 0 })))
    await page.reload()
    const expected = (20 * Math.hypot(1280, 800)) / 320
    await expect.poll(async () => (await page.getByRole('button', { name: 'Help' }).boundingBox())?.height, slowMachine).toBeCloseTo(expected, 0)
    expect(expected).toBeGreaterThan(before)
  })
})

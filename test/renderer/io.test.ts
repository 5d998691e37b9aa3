import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import type { OpenOptions } from './support/openHarness.ts'
import { useHarness } from './support/useHarness.ts'

const screensDir = process.env['SCREENS']
const tabs = ['Signals', 'Scope', 'Traffic', 'Tests', 'Time budget'] as const
const settled = { timeout: 10_000 }

/** Texts cut at their side; a cell that says all in its tooltip may be. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main *')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1 && ['hidden', 'clip'].includes(getComputedStyle(box).overflowX) && box.innerText && !box.title && !box.matches('.visuallyHidden, label, fieldset, fieldset *'))
    .map((box) => box.innerText))

describe.skipIf(!hasChromium)('the I/O room', () => {
  const harness = useHarness()
  const heard = (page: Page): Promise<string[]> => page.evaluate(() => [...window.scripted.heard])

  async function open(options: OpenOptions = { scene: 'stopped' }): Promise<Page> {
    const page = await harness.open({ scene: 'stopped', ...options })
    await page.evaluate(() => { window.location.hash = '#io' })
    await page.getByRole('tablist').waitFor()
    return page
  }
  const hold = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name }).hover()
    await page.mouse.down()
    await page.waitForTimeout(1_100)
    await page.mouse.up()
  }
  const goTo = (page: Page, tab: (typeof tabs)[number]): Promise<void> => page.getByRole('tab', { name: tab, exact: true }).click()

  test('opens from the console, and Back leads there again', async () => {
    const page = await harness.open({ scene: 'stopped' })
    await page.getByRole('button', { name: 'I/O', exact: true }).click()
    await page.getByRole('heading', { name: 'I/O' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Run' }).waitFor()
  })

  test('shows every register in both notations, in figures, hex and bits', async () => {
    const page = await open()
    const result = page.locator('[data-register="holdingRegister 103"]')
    await result.waitFor()
    expect((await result.locator('td').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual(['103', '40104', 'Result Holding register', '42330', '0xA55A', '1010010101011010', ''])
    expect(await page.locator('[data-register="discreteInput 4"] td').nth(1).innerText()).toBe('10005')
  })

  test('switches nothing before it was armed by holding, and marks what has changed for a second', async () => {
    const page = await open()
    const toggle = page.getByRole('switch', { name: 'Switch Reject by hand' })
    await toggle.waitFor()
    expect(await toggle.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Hold to arm' }).click()
    expect(await heard(page)).toEqual([])
    await hold(page, 'Hold to arm')
    await page.getByText('Armed for 60 s more').waitFor()
    await toggle.click()
    const row = page.locator('[data-register="coil 1"][data-changed]')
    await row.waitFor()
    await page.getByText('off in 60 s').waitFor()
    await row.waitFor({ state: 'detached' })
    expect(await heard(page)).toEqual(['io.arm', 'io.switch {"coil":1,"isOn":true}'])
    await page.getByRole('button', { name: 'Everything off' }).click()
    await expect.poll(() => toggle.isChecked(), settled).toBe(false)
  })

  test('arms by key as well', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Hold to arm' }).focus()
    await page.keyboard.down('Space')
    await page.waitForTimeout(1_100)
    await page.keyboard.up('Space')
    await expect.poll(() => heard(page), settled).toEqual(['io.arm'])
  })

  test('a running station refuses with a sentence', async () => {
    const page = await open({ scene: 'running' })
    await page.evaluate(() => window.scripted.setIo({ isRunning: true }))
    await page.getByText('The station is running: outputs are moved by parts only.').waitFor()
    expect(await page.getByRole('button', { name: 'Hold to arm' }).isDisabled()).toBe(true)
    expect(await page.getByRole('switch', { name: 'Switch Reject by hand' }).isDisabled()).toBe(true)
  })

  test('the scope freezes by key while parts go on, and shows figures of the last ones', async () => {
    const page = await open()
    await goTo(page, 'Scope')
    await page.getByRole('row', { name: /^P-120/ }).waitFor()
    expect(await page.getByRole('row').count()).toBe(1 + 5)
    await page.getByRole('button', { name: '20' }).click()
    expect(await page.getByRole('row').count()).toBe(1 + 12)
    await page.keyboard.press('f')
    await page.getByText('Frozen').waitFor()
    await page.evaluate(() => window.scripted.passOnScope())
    await page.waitForTimeout(300)
    expect(await page.getByRole('row', { name: /^P-121/ }).count()).toBe(0)
    await page.keyboard.press('f')
    await page.getByRole('row', { name: /^P-121/ }).waitFor()
    const reject = page.getByRole('row', { name: /^P-120/ })
    expect(await reject.locator('td').allInnerTexts()).toEqual(['P-120', 'Reject', '35.0 ms', '410.0 ms', '0.8 ms', '100.5 ms', '0.5 ms', '470.0 ms'])
    const before = await page.locator('[data-lane="reject"]').getAttribute('d')
    await reject.press('Enter')
    await expect.poll(() => page.locator('[data-lane="reject"]').getAttribute('d'), settled).not.toBe(before)
  })

  test('traffic is filtered, what was refused is marked, and what is shown is saved', async () => {
    const page = await open()
    await goTo(page, 'Traffic')
    await page.getByText('40 of 40 lines').waitFor()
    await page.getByLabel('Filter').fill('exception')
    await page.getByText('1 of 40 lines').waitFor()
    expect(await page.locator('[data-refused]').innerText()).toContain('✕ refused: exception 2')
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()])
    expect(csv.suggestedFilename()).toBe('traffic.csv')
    const text = await new Response(await csv.createReadStream() as unknown as BodyInit).text()
    expect(text).toMatch(/^number,atMs,direction,peer,summary,bytes,trouble\r\n22,1252,received,/)
    const [lines] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as JSON Lines' }).click()])
    expect(JSON.parse(await new Response(await lines.createReadStream() as unknown as BodyInit).text())).toMatchObject({ number: 22, trouble: 'exception 2: no such coil' })
  })

  test('twenty loops and the pulled link say whether they passed, with figures', async () => {
    const page = await open()
    await goTo(page, 'Tests')
    const loops = page.getByRole('region', { name: 'Twenty pulses' })
    expect(await loops.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true)
    await hold(page, 'Hold to arm')
    await loops.getByRole('button', { name: 'Run' }).click()
    await loops.getByText('20 of 20 completed').waitFor()
    await loops.getByText('Passed').waitFor()
    const link = page.getByRole('region', { name: 'Pulled link' })
    await link.getByRole('button', { name: 'Run' }).click()
    await link.getByText('Back after 640 ms').waitFor()
  })

  test('the time budget names the number to change', async () => {
    const page = await open()
    await goTo(page, 'Time budget')
    await page.getByText('Margin 37.0 ms').waitFor()
    await page.getByLabel('Camera to ejector').fill('40')
    await page.getByText('No margin: 2.0 ms are missing').waitFor()
    expect(await page.locator('[data-change="cameraToEjectorMm"]').innerText()).toContain('Camera to ejector: at least 51.0 mm')
  })

  describe.each(['en', 'de', 'pseudo'])('in %s', (lang) => {
    test('nothing is cut and nothing scrolls sideways at 1280 × 800, on any tab', async () => {
      const page = await open({ lang })
      for (let i = 0; i < tabs.length; i++) {
        await page.getByRole('tab').nth(i).click()
        await page.waitForTimeout(300)
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
        expect(await cutTexts(page)).toEqual([])
      }
    })
  })

  test.skipIf(!screensDir).each(['light', 'dark'] as const)('screens, %s', async (theme) => {
    const page = await open({ theme })
    await hold(page, 'Hold to arm')
    await page.getByRole('switch', { name: 'Switch Reject by hand' }).click()
    for (const tab of tabs) {
      await goTo(page, tab)
      if (tab === 'Tests') {
        await page.getByRole('button', { name: 'Run' }).first().click()
        await page.getByRole('button', { name: 'Run' }).last().click()
      }
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(screensDir!, `io-${tab.toLowerCase().replace(' ', '-')}-${theme}.png`) })
    }
  }, 90_000)
})

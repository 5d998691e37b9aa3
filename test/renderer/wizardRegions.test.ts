import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { hasChromium } from '../support/chromium.ts'
import { face, withCamera, withRegion } from './support/drafts.ts'
import { wizardHarness, type OpenWizard, type WizardHarness } from './support/openWizard.ts'

/** Long enough for a machine that is busy with other things. */
const settled = { timeout: 15_000 }

describe.skipIf(!hasChromium)('region editor in the wizard', { timeout: 60_000 }, () => {
  let harness: WizardHarness
  beforeAll(async () => (harness = await wizardHarness()))
  afterEach(() => harness.closePages())
  afterAll(async () => {
    await harness.close()
    expect(harness.complaints).toEqual([])
  })
  const openRegions = (draft = withCamera, context = {}): Promise<OpenWizard> => harness.open({ draft, step: 'regions', context })
  const canvas = (page: Page) => page.getByTestId('region-canvas')
  const hint = (page: Page) => page.getByTestId('editor-hint')

  /** Where a picture's pixel is on the screen: the fit of 640 × 480 into the pane, with its margin. */
  const screenOf = async (page: Page) => {
    const box = (await canvas(page).boundingBox())!
    const scale = Math.min((box.width - 24) / 640, (box.height - 24) / 480)
    return (x: number, y: number) => ({ x: box.x + (box.width - 640 * scale) / 2 + x * scale, y: box.y + (box.height - 480 * scale) / 2 + y * scale })
  }

  test('a rectangle drawn with the mouse is saved by the main process', async () => {
    const { page, station } = await openRegions()
    const at = await screenOf(page)
    await page.getByRole('button', { name: 'Rectangle' }).click()
    const [a, b] = [at(100, 80), at(540, 400)]
    await page.mouse.move(a.x, a.y)
    await page.mouse.down()
    await page.mouse.move(b.x, b.y, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => station.draft().regions, settled).toMatchObject([{ id: 'region-1', name: 'Region 1' }])
    const { shape } = station.draft().regions[0]!
    expect(shape).toMatchObject({ kind: 'rectangle', x: expect.closeTo(100, -0.5), width: expect.closeTo(440, -0.5) })
    await page.getByTestId('save-state').getByText('Saved').waitFor()
  })

  test('keys alone draw, move, undo and redo', async () => {
    const { page, station } = await openRegions()
    await page.keyboard.press('r')
    await page.keyboard.press('Space')
    for (let i = 0; i < 2; i++) await page.keyboard.press('Control+ArrowLeft')
    await page.keyboard.press('Control+ArrowUp')
    await page.keyboard.press('Space')
    for (let i = 0; i < 4; i++) await page.keyboard.press('Control+ArrowRight')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Control+ArrowDown')
    await page.keyboard.press('Space')
    const drawn = { kind: 'rectangle', x: 120, y: 140, width: 400, height: 110 }
    await expect.poll(() => station.draft().regions[0]?.shape, settled).toEqual(drawn)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowUp')
    await expect.poll(() => station.draft().regions[0]?.shape, settled).toEqual({ ...drawn, x: 121, y: 130 })
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z')
    await expect.poll(() => station.draft().regions, settled).toEqual([])
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Shift+Z')
    await expect.poll(() => station.draft().regions[0]?.shape, settled).toEqual({ ...drawn, x: 121, y: 130 })
  })

  test('two taps draw, and a finger 7 mm beside a corner still pulls it', async () => {
    const { page, station } = await openRegions(withCamera, { hasTouch: true })
    const at = await screenOf(page)
    await page.getByRole('button', { name: 'Rectangle' }).tap()
    const [a, b] = [at(200, 150), at(400, 350)]
    await page.touchscreen.tap(a.x, a.y)
    await page.touchscreen.tap(b.x, b.y)
    await expect.poll(() => station.draft().regions.length, settled).toBe(1)
    const before = station.draft().regions[0]!.shape as { width: number; height: number }
    const touch = await page.context().newCDPSession(page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
    await send('touchStart', b.x + 18, b.y + 18)
    await send('touchMove', b.x + 48, b.y + 38)
    await send('touchEnd', 0, 0)
    await expect.poll(() => (station.draft().regions[0]!.shape as typeof before).width - before.width, settled).toBeGreaterThan(25)
  })

  test('an outline that crosses itself is explained while it is drawn, and is not sent', async () => {
    const { page, station } = await openRegions()
    const at = await screenOf(page)
    await page.getByRole('button', { name: 'Polygon' }).click()
    for (const [x, y] of [[100, 100], [300, 300], [300, 100], [100, 350]] as const) await page.mouse.click(at(x, y).x, at(x, y).y)
    await expect.poll(() => hint(page).innerText(), settled).toContain('crosses itself')
    await page.keyboard.press('Enter')
    expect(await hint(page).innerText()).toContain('crosses itself')
    await page.keyboard.press('Escape')
    expect(await hint(page).innerText()).not.toContain('crosses itself')
    expect(station.heard).not.toContain('setRegions')
  })

  test('Esc gives the gesture up from wherever the focus is', async () => {
    const { page, station } = await openRegions(withRegion)
    const at = await screenOf(page)
    await page.mouse.click(at(300, 200).x, at(300, 200).y)
    await page.mouse.down()
    await page.mouse.move(at(400, 260).x, at(400, 260).y, { steps: 3 })
    await page.getByLabel('Name').focus()
    await page.keyboard.press('Escape')
    await page.mouse.up()
    expect(await page.getByLabel('Left', { exact: true }).inputValue()).toBe('100')
    expect(station.heard).not.toContain('setRegions')
  })

  test('numbers move a region, and a wrong number says why and changes nothing', async () => {
    const { page, station } = await openRegions(withRegion)
    await page.getByRole('button', { name: 'Face' }).click()
    await page.getByLabel('Left', { exact: true }).fill('150')
    await expect.poll(() => station.draft().regions[0]!.shape, settled).toMatchObject({ x: 150 })
    await page.getByLabel('Left', { exact: true }).fill('400')
    await page.getByText('reaches over the edge').first().waitFor()
    expect(station.draft().regions[0]!.shape).toMatchObject({ x: 150 })
  })

  test('without dragging anything: add, nudge by buttons, duplicate, rename, delete', async () => {
    const { page, station } = await openRegions()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Move right' }).click()
    await page.getByLabel('Name').fill('Bore')
    await page.getByRole('button', { name: 'Duplicate' }).click()
    await expect.poll(() => station.draft().regions.map(({ name }) => name), settled).toEqual(['Bore', 'Region 2'])
    expect(station.draft().regions[0]!.shape).toMatchObject({ x: 54 })
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => station.draft().regions.length, settled).toBe(1)
  })

  test('regions changed on another screen appear here, and undo reaches back over them', async () => {
    const { page, station } = await openRegions(withRegion)
    station.apply({ kind: 'regionsSet', regions: [face, { ...face, id: 'region-9' as typeof face.id, name: 'Elsewhere' }] })
    await page.getByRole('button', { name: 'Elsewhere' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => station.draft().regions, settled).toEqual([face])
  })

  test('the wheel zooms on the pointer and the page stands still', async () => {
    const { page } = await openRegions(withRegion)
    const at = await screenOf(page)
    const before = await page.getByRole('toolbar').innerText()
    await page.mouse.move(at(300, 200).x, at(300, 200).y)
    await page.mouse.wheel(0, -400)
    await expect.poll(() => page.getByRole('toolbar').innerText(), settled).not.toBe(before)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })
})

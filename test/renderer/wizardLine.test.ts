import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { withCamera } from './support/drafts.ts'
import { wizardHarness, type WizardHarness } from './support/openWizard.ts'

const settled = { timeout: 15_000 }

describe.skipIf(!hasChromium)('the line, in the wizard', () => {
  let harness: WizardHarness
  beforeAll(async () => { harness = await wizardHarness() }, 120_000)
  afterEach(async () => {
    await harness.closePages()
    expect(harness.complaints.splice(0)).toEqual([])
  })
  afterAll(() => harness.close())

  const open = () => harness.open({ draft: withCamera, step: 'outputs' })

  test('a belt without a margin names the number beside Next, and a proposal mends the delay', async () => {
    const { page, station } = await open()
    await page.getByRole('tab', { name: 'Time budget' }).click()
    await page.getByRole('button', { name: 'Describe the belt' }).click()
    await page.getByText('Delay of the reject: at least').waitFor()
    await page.getByText(/Time budget: Delay of the reject must be at least/).or(page.getByText(/Fire the output/)).first().waitFor()
    await page.getByRole('button', { name: /^Use / }).click()
    await page.getByText('The ejector hits every bad part and no other.').waitFor()
    expect(station.draft().plc.wiring.reject.delayMs).toBeGreaterThan(0)
    await page.getByLabel('Camera to ejector').fill('1')
    await page.getByText(/Camera to ejector: at least/).waitFor()
    await expect.poll(() => station.draft().line?.belt?.cameraToEjectorMm, settled).toBe(1)
  }, 60_000)

  test('a trigger input is chosen in both notations, and a barcode only where it can name the part', async () => {
    const { page, station } = await open()
    await page.getByRole('tab', { name: 'Line', exact: true }).click()
    const choose = async (label: string, option: string): Promise<void> => {
      await page.getByRole('combobox', { name: label, exact: true }).click()
      await page.getByRole('option', { name: option }).click()
    }
    await page.getByRole('combobox', { name: 'Part ids' }).click()
    expect(await page.getByRole('option', { name: 'A barcode scanner' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await choose('Trigger', 'A discrete input')
    await page.getByLabel('Input (from 0)').fill('4')
    await page.getByText('10005 in the manual').waitFor()
    await choose('Part ids', 'A barcode scanner')
    await page.getByLabel('Serial port').fill('ttyUSB0')
    await page.getByText('A path such as /dev/ttyUSB0').waitFor()
    await expect.poll(() => station.draft().line, settled).toMatchObject({ trigger: { kind: 'input', input: 4, edge: 'rising' }, partIds: { kind: 'barcode', path: '/dev/ttyUSB0', suffix: '\r' } })
  }, 60_000)

  test('a PLC that connects needs an interface and clients by name, and brings its handshake', async () => {
    const { page, station } = await open()
    await page.getByRole('button', { name: 'PLC connects' }).click()
    await page.getByLabel('Clients allowed').fill('plc.local')
    await page.getByText('plc.local is no IP address').waitFor()
    expect(await page.getByRole('button', { name: 'Use', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('Clients allowed').fill('192.168.0.10, 192.168.0.11')
    await page.getByRole('button', { name: 'Use', exact: true }).click()
    await expect.poll(() => station.draft().plc.target, settled).toBe('listen://192.168.0.5:502?allow=192.168.0.10,192.168.0.11')
    await expect.poll(() => station.draft().line, settled).toMatchObject({ trigger: { kind: 'plc' }, partIds: { kind: 'plc' } })
    await page.getByText('The PLC moves its own outputs').waitFor()
    await page.getByText('Run the twenty handshakes under Tests').waitFor()
  }, 60_000)

  test('a serial line is built from a port that was found', async () => {
    const { page, station } = await open()
    await page.getByRole('button', { name: 'Modbus RTU' }).click()
    await page.getByLabel('Serial port').fill('/dev/ttyUSB0')
    await page.getByRole('button', { name: 'Use', exact: true }).click()
    await expect.poll(() => station.draft().plc.target, settled).toBe('rtu:///dev/ttyUSB0?baud=19200&parity=even&stop=1&unit=1')
  }, 60_000)
})

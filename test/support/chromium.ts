import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** It talks to nobody but the page it is given. */
export const chromiumArgs = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** False where no browser is installed: `describe.skipIf(!hasChromium)`; `test/support/prepare.cjs` says so loudly. */
export const hasChromium = existsSync(chromiumPath)

/** A headless Chromium. The caller closes it. */
export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })

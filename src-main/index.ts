import { app } from 'electron'
import { compose } from './hosts/compose.ts'
import { claimScheme, startElectronHost } from './hosts/electronHost.ts'
import { readHostFlags } from './hosts/hostFlags.ts'

/** Electron's entry: read flags, compose, start. Nothing is awaited at the top, because Electron is ready only after this has run. */
async function start(): Promise<void> {
  const flags = readHostFlags(process.argv.slice(app.isPackaged ? 1 : 2))
  await app.whenReady()
  await startElectronHost(await compose(flags))
}

if (app.requestSingleInstanceLock()) {
  claimScheme()
  start().catch((error: unknown) => {
    console.error(error)
    app.exit(1)
  })
} else {
  app.quit()
}

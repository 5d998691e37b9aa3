import { screensPath } from './appPaths.ts'
import { compose } from './compose.ts'
import { endOnBug } from './endOnBug.ts'
import { readHostFlags } from './hostFlags.ts'
import { startLoopbackHost } from './loopbackHost.ts'
import { openBrowser } from './openBrowser.ts'

/** Entry of the loopback host. Prints its address, with the token, as the only line on stdout. */
const flags = readHostFlags(process.argv.slice(2))
const application = await compose(flags)
const host = await startLoopbackHost({ application, screensDir: screensPath, port: flags.port }).catch(async (error: unknown) => {
  await application.close()
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
  process.stderr.write(`Port ${flags.port} is taken by another program: choose another with --port, or leave it out for any free one.\n`)
  process.exit(1)
})

let ending: Promise<never> | undefined
const end = (code: number): void => {
  ending ??= host.close().then(() => application.close()).then(() => process.exit(code), () => process.exit(1))
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { end(0) })
endOnBug(application, () => { end(1) })
process.stdout.write(`${host.url}\n`)
if (flags.opensBrowser) openBrowser(host.singleUseUrl())

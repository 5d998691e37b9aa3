import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, _electron as electron, type Page } from 'playwright-core'
import { hasChromium } from './chromium.ts'

export interface DesktopShell {
  readonly page: Page
  /** Closes the window as a person does; gives the exit code. */
  closeWindow(): Promise<number | null>
  /** Ends it as a service manager does; gives the exit code. */
  terminate(): Promise<number | null>
}

export interface ShellKind {
  readonly name: string
  /** Why this machine cannot run it, or undefined. */
  readonly missing: string | undefined
  start(dataDir: string): Promise<DesktopShell>
}

const root = join(import.meta.dirname, '../..')
const mainEntry = join(root, 'out/main/index.js')
const electronPath = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist'), 'electron')

/** The built application in the shell double (Node and Chromium) and in Electron itself: one spec for both. */
export const shellKinds: readonly ShellKind[] = [
  { name: 'the shell double', missing: hasChromium ? undefined : 'there is no Chromium', start: startDouble },
  { name: 'Electron', missing: electronMissing(), start: startElectron },
]

function electronMissing(): string | undefined {
  if (!existsSync(electronPath)) return 'there is no Electron binary'
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display'
  return process.getuid?.() === 0 ? 'the sandbox of Electron does not run as root' : undefined
}

async function startDouble(dataDir: string): Promise<DesktopShell> {
  const port = await freePort()
  const register = join(import.meta.dirname, 'electronDouble/register.ts')
  const main = spawn(process.execPath, ['--import', register, mainEntry, '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ELECTRON_DOUBLE_PORT: String(port) },
  })
  const exited = once(main, 'exit').then(([code]) => code as number | null)
  const browser = await connectWhenUp(port, exited)
  const page = browser.contexts()[0]!.pages()[0]!
  await page.waitForURL(/^https:\/\/app\.station\.invalid\//)
  return shellOf(main, page, exited)
}

async function startElectron(dataDir: string): Promise<DesktopShell> {
  const shell = await electron.launch({ executablePath: electronPath, args: [root, '--data', dataDir] })
  const main = shell.process()
  const exited = once(main, 'exit').then(([code]) => code as number | null)
  const page = await shell.firstWindow()
  return shellOf(main, page, exited)
}

const shellOf = (main: ChildProcess, page: Page, exited: Promise<number | null>): DesktopShell => ({
  page,
  closeWindow: async () => { await page.close(); return exited },
  terminate: () => { main.kill('SIGTERM'); return exited },
})

async function connectWhenUp(port: number, exited: Promise<number | null>) {
  let end: number | null | undefined
  void exited.then((code) => { end = code })
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    } catch (error) {
      if (end !== undefined) throw new Error(`the main process ended with ${String(end)}`, { cause: error })
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

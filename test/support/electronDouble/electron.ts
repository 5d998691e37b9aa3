/**
 * The shell double: the part of Electron's main API that `hosts/electronHost.ts` uses, over a real Chromium. It runs the built main,
 * the built preload and the built screens. It proves nothing about sandboxing, the real `protocol.handle`, kiosk or packaging, and is
 * no Electron test; the same spec runs on Electron itself where there is one.
 */
import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page, type Route } from 'playwright-core'
import { chromiumArgs, chromiumPath } from '../chromium.ts'
import { preloadScript } from './preloadScript.ts'
import { PortDouble, type WireValue } from './portDouble.ts'

const debuggingPort = process.env['ELECTRON_DOUBLE_PORT']
if (!debuggingPort) throw new Error('the shell double needs ELECTRON_DOUBLE_PORT, at which the spec finds the page')

const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'shell-double-')), {
  executablePath: chromiumPath,
  args: [...chromiumArgs, `--remote-debugging-port=${debuggingPort}`],
})
const firstPage = context.pages()[0]!

/** Chromium cannot be taught a scheme from outside, so `station://app/x` is `https://app.station.invalid/x` there. */
const toBrowser = (url: string): string => url.replace(/^station:\/\/([^/]+)/, 'https://$1.station.invalid')
const toShell = (url: string): string => url.replace(/^https:\/\/([^/]+)\.station\.invalid/, 'station://$1')

interface Preventable { readonly url: string; isPrevented: boolean; preventDefault(): void }
const preventable = (url = ''): Preventable => ({ url, isPrevented: false, preventDefault() { this.isPrevented = true } })

class AppDouble extends EventEmitter {
  readonly isPackaged = false
  whenReady(): Promise<void> { return Promise.resolve() }
  requestSingleInstanceLock(): boolean { return true }
  quit(): void {
    const event = preventable()
    this.emit('before-quit', event)
    if (!event.isPrevented) this.exit(0)
  }
  exit(code: number): void { void context.close().finally(() => process.exit(code)) }
}
export const app = new AppDouble()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { app.quit() })

export const ipcMain = new EventEmitter()
export const Menu = { setApplicationMenu(): void { /* the double has no menu bar */ } }

const privileged = new Set<string>()
export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: { standard?: boolean; secure?: boolean } }[]): void {
    for (const { scheme, privileges } of schemes) if (privileges.standard && privileges.secure) privileged.add(`${scheme}:`)
  },
}

type BeforeRequest = (details: { url: string }, answer: (verdict: { cancel?: boolean }) => void) => void
class SessionDouble extends EventEmitter {
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
  beforeRequest: BeforeRequest = (_details, answer) => { answer({}) }
  readonly protocol = { handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => { this.handlers.set(`${scheme}:`, handler) } }
  readonly webRequest = { onBeforeRequest: (listener: BeforeRequest): void => { this.beforeRequest = listener } }
  setPermissionRequestHandler(): void { /* Chromium without a window denies by itself */ }
  setPermissionCheckHandler(): void { /* as above */ }
  setDevicePermissionHandler(): void { /* as above */ }
}
const defaultSession = new SessionDouble()
export const session = { defaultSession }

class WebContentsDouble extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: WebContentsDouble['openHandler']): void { this.openHandler = handler }
  reload(): void { void firstPage.reload() }
}

interface WindowOptions { readonly webPreferences: { preload: string; contextIsolation?: boolean; sandbox?: boolean; nodeIntegration?: boolean; webviewTag?: boolean } }

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContentsDouble()
  private readonly ready: Promise<void>
  private isLoading = false

  constructor(options: WindowOptions) {
    super()
    const { contextIsolation, sandbox, nodeIntegration, webviewTag, preload } = options.webPreferences
    if (!contextIsolation || !sandbox || nodeIntegration || webviewTag) throw new Error('the double opens no window that is not closed off')
    app.emit('web-contents-created', {}, this.webContents)
    this.ready = this.prepare(firstPage, preload)
  }

  private async prepare(page: Page, preload: string): Promise<void> {
    const ports = new Map<number, PortDouble>()
    const closePorts = (): void => {
      for (const port of ports.values()) port.emit('close')
      ports.clear()
    }
    await page.exposeBinding('__shellHandOver', ({ frame }, channel: string, ids: number[]) => {
      const handedOver = ids.map((id) => {
        const port = new PortDouble((value) => page.evaluate(([to, what]) => { (globalThis as unknown as { __shellDeliver(id: number, value: WireValue): void }).__shellDeliver(to, what) }, [id, value] as const))
        ports.set(id, port)
        return port
      })
      const senderFrame = { parent: frame.parentFrame(), origin: new URL(toShell(frame.url())).href.split('/').slice(0, 3).join('/') }
      ipcMain.emit(channel, { senderFrame, ports: handedOver })
    })
    await page.exposeBinding('__shellPost', (_source, id: number, value: WireValue) => { ports.get(id)?.receive(value) })
    await page.addInitScript({ content: preloadScript(preload) })
    await context.route(() => true, (route) => this.answer(route))
    context.on('page', (popup) => { if (this.webContents.openHandler({ url: popup.url() }).action === 'deny') void popup.close() })
    page.on('framenavigated', (frame) => { if (!frame.parentFrame()) closePorts() })
    page.on('close', () => {
      closePorts()
      app.emit('window-all-closed')
    })
  }

  /** What the network is to Electron: the page's own navigations are offered to `will-frame-navigate`, everything to `onBeforeRequest`. */
  private async answer(route: Route): Promise<void> {
    const request = route.request()
    const url = toShell(request.url())
    if (request.isNavigationRequest() && !this.isLoading) {
      const event = preventable(url)
      this.webContents.emit('will-frame-navigate', event)
      if (event.isPrevented) { await route.abort('aborted'); return }
    }
    const isCancelled = await new Promise<boolean>((resolve) => { defaultSession.beforeRequest({ url }, ({ cancel }) => { resolve(cancel === true) }) })
    const { protocol: scheme } = new URL(url)
    const handler = privileged.has(scheme) ? defaultSession.handlers.get(scheme) : undefined
    if (isCancelled || !handler) { await route.abort('blockedbyclient'); return }
    const response = await handler(new Request(url, { method: request.method() }))
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) })
  }

  async loadURL(url: string): Promise<void> {
    await this.ready
    this.isLoading = true
    await firstPage.goto(toBrowser(url)).finally(() => { this.isLoading = false })
    this.emit('ready-to-show')
  }

  show(): void { /* there is nothing to see */ }
  focus(): void { /* as above */ }
  restore(): void { /* as above */ }
  isMinimized(): boolean { return false }
}

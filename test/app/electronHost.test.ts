import { EventEmitter } from 'node:events'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeScreens } from '../support/screens.ts'
import { testApplication } from '../support/testApplication.ts'

/** What the host told Electron; the shell double and Electron itself show that a page can work with it. */
const electron = vi.hoisted(() => ({ current: undefined as unknown as ReturnType<typeof freshElectron>, screensDir: '' }))
vi.mock('electron', () => ({
  get app() { return electron.current.app },
  get BrowserWindow() { return electron.current.BrowserWindow },
  get ipcMain() { return electron.current.ipcMain },
  get Menu() { return electron.current.Menu },
  get protocol() { return electron.current.protocol },
  get session() { return electron.current.session },
}))
vi.mock('../../src-main/hosts/endOnBug.ts', () => ({ endOnBug: () => undefined }))
vi.mock('../../src-main/hosts/appPaths.ts', () => ({ appRoot: '/app', get screensPath() { return electron.screensDir } }))
const { runElectronHost } = await import('../../src-main/hosts/electronHost.ts')

let application: ReturnType<typeof testApplication>

beforeAll(async () => {
  process.argv = ['stationmaster']
  electron.screensDir = await makeScreens()
})
afterAll(() => rm(electron.screensDir, { recursive: true }))
beforeEach(async () => {
  electron.current = freshElectron()
  application = testApplication({})
  runElectronHost(() => Promise.resolve(application))
  await vi.waitFor(() => { expect(electron.current.windows).toHaveLength(1) })
})

describe('the window', () => {
  test('is closed off from Node and from the preload', () => {
    expect(electron.current.windows[0]!.options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false })
  })

  test('loads the screens from an origin of their own, claimed before Electron is ready', () => {
    expect(electron.current.windows[0]!.loaded).toEqual(['station://app/'])
    expect(electron.current.privileges).toEqual([{ scheme: 'station', privileges: { standard: true, secure: true } }])
  })

  test.each(['https://example.com/', 'file:///etc/passwd', 'station://other/', 'station://app.example.com/', 'about:blank', 'javascript:alert(1)'])('does not go to %s', (url) => {
    expect(emitPreventable(electron.current.windows[0]!.webContents, 'will-frame-navigate', { url })).toBe(true)
  })

  test('may load its own pages again', () => {
    expect(emitPreventable(electron.current.windows[0]!.webContents, 'will-frame-navigate', { url: 'station://app/' })).toBe(false)
  })

  test('follows no redirect, opens no window, takes in no webview', () => {
    const { webContents } = electron.current.windows[0]!
    expect(emitPreventable(webContents, 'will-redirect', { url: 'station://app/' })).toBe(true)
    expect(emitPreventable(webContents, 'will-attach-webview')).toBe(true)
    expect(webContents.openHandler({ url: 'station://app/' })).toEqual({ action: 'deny' })
  })

  test('loads its screens again when their process has died', () => {
    electron.current.windows[0]!.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(electron.current.windows[0]!.webContents.reloads).toBe(1)
  })
})

describe('the session', () => {
  test('grants no permission and no device', () => {
    const { session } = electron.current
    const asked = vi.fn()
    session.defaultSession.permissionRequest({}, 'media', asked)
    expect(asked).toHaveBeenCalledWith(false)
    expect(session.defaultSession.permissionCheck()).toBe(false)
    expect(session.defaultSession.devicePermission()).toBe(false)
  })

  test.each([
    ['https://example.com/file', true],
    ['station://app/index.html', true],
    ['blob:https://example.com/1', true],
    ['blob:station://app/1', false],
  ])('a download of %s is prevented: %s', (url, isPrevented) => {
    expect(emitPreventable(electron.current.session.defaultSession, 'will-download', {}, { getURL: () => url })).toBe(isPrevented)
  })

  test.each([
    ['https://example.com/', true],
    ['http://127.0.0.1/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['station://other/', true],
    ['station://app/assets/main.js', false],
    ['blob:station://app/1', false],
    ['data:image/png;base64,AA==', false],
  ])('%s is cancelled: %s', (url, cancel) => {
    const answer = vi.fn()
    electron.current.session.defaultSession.beforeRequest({ url }, answer)
    expect(answer).toHaveBeenCalledWith({ cancel })
  })

  test('serves the screens with their policy, and nothing else', async () => {
    const serve = (url: string, method = 'GET') => electron.current.session.defaultSession.serve(new Request(url, { method }))
    const page = await serve('station://app/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toMatch(/connect-src 'none'/)
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
    for (const url of ['station://other/', 'station://app/../package.json', 'station://app/%2e%2e/package.json', 'station://app/nothing.js']) expect((await serve(url)).status, url).toBe(404)
    expect((await serve('station://app/', 'POST')).status).toBe(404)
  })
})

describe('a port for the calls', () => {
  const ours = { origin: 'station://app', parent: null }

  test('from our page opens a session, which ends with the port', () => {
    const port = handOver(ours)
    expect(port.isStarted).toBe(true)
    expect(application.sessions.map(({ ended }) => ended)).toEqual([false])
    port.emit('close')
    expect(application.sessions.map(({ ended }) => ended)).toEqual([true])
  })

  test.each([
    ['another site', { origin: 'https://example.com', parent: null }],
    ['an origin that only begins like ours', { origin: 'station://app.example.com', parent: null }],
    ['an opaque origin', { origin: 'null', parent: null }],
    ['a frame within our page', { origin: 'station://app', parent: ours }],
    ['a frame that is gone', null],
  ])('from %s is closed', (_who, senderFrame) => {
    const port = handOver(senderFrame)
    expect(port.isClosed).toBe(true)
    expect(port.isStarted).toBe(false)
    expect(application.sessions).toEqual([])
  })
})

describe('the end', () => {
  test('waits until the outputs are safe, however it was asked for', async () => {
    expect(emitPreventable(electron.current.app, 'before-quit')).toBe(true)
    electron.current.app.emit('window-all-closed')
    await vi.waitFor(() => { expect(electron.current.app.exits).toEqual([0]) })
    expect(application.closed()).toBe(true)
  })

  test('a second start leaves the first one alone', () => {
    electron.current = freshElectron()
    electron.current.app.hasLock = false
    const compose = vi.fn()
    runElectronHost(compose)
    expect(electron.current.app.quits).toBe(1)
    expect(compose).not.toHaveBeenCalled()
  })
})

function handOver(senderFrame: object | null) {
  const port = Object.assign(new EventEmitter(), {
    isStarted: false,
    isClosed: false,
    postMessage: () => undefined,
    start() { port.isStarted = true },
    close() { port.isClosed = true },
  })
  electron.current.ipcMain.emit('stationmaster:rpc-port', { senderFrame, ports: [port] })
  return port
}

/** Whether a listener called preventDefault. */
function emitPreventable(emitter: EventEmitter, event: string, details: object = {}, subject?: object): boolean {
  let isPrevented = false
  emitter.emit(event, { ...details, preventDefault: () => { isPrevented = true } }, subject)
  return isPrevented
}

function freshElectron() {
  type Answer = (granted: boolean) => void
  const windows: (EventEmitter & { options: { webPreferences: object }; loaded: string[]; webContents: ReturnType<typeof freshContents> })[] = []
  const freshContents = () =>
    Object.assign(new EventEmitter(), {
      reloads: 0,
      openHandler: (_details: { url: string }): object => ({ action: 'allow' }),
      setWindowOpenHandler(handler: (details: { url: string }) => object) { this.openHandler = handler },
      reload() { this.reloads++ },
    })
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    hasLock: true,
    quits: 0,
    exits: [] as number[],
    requestSingleInstanceLock: () => app.hasLock,
    whenReady: () => Promise.resolve(),
    quit: () => { app.quits++ },
    exit: (code: number) => { app.exits.push(code) },
  })
  const defaultSession = Object.assign(new EventEmitter(), {
    permissionRequest: (_contents: object, _permission: string, _answer: Answer): void => undefined,
    permissionCheck: (): boolean => true,
    devicePermission: (): boolean => true,
    beforeRequest: (_details: { url: string }, _answer: (verdict: object) => void): void => undefined,
    serve: (_request: Request): Response | Promise<Response> => new Response(),
    setPermissionRequestHandler(handler: (contents: object, permission: string, answer: Answer) => void) { defaultSession.permissionRequest = handler },
    setPermissionCheckHandler(handler: () => boolean) { defaultSession.permissionCheck = handler },
    setDevicePermissionHandler(handler: () => boolean) { defaultSession.devicePermission = handler },
    webRequest: { onBeforeRequest(listener: (details: { url: string }, answer: (verdict: object) => void) => void) { defaultSession.beforeRequest = listener } },
    protocol: { handle(_scheme: string, handler: (request: Request) => Response | Promise<Response>) { defaultSession.serve = handler } },
  })
  const privileges: object[] = []
  class BrowserWindow extends EventEmitter {
    readonly loaded: string[] = []
    readonly webContents = freshContents()
    readonly options: { webPreferences: object }
    constructor(options: { webPreferences: object }) {
      super()
      this.options = options
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
    loadURL(url: string): Promise<void> { this.loaded.push(url); return Promise.resolve() }
  }
  return {
    app, windows, privileges, BrowserWindow,
    ipcMain: new EventEmitter(),
    session: { defaultSession },
    Menu: { setApplicationMenu: () => undefined },
    protocol: { registerSchemesAsPrivileged: (schemes: object[]) => { privileges.push(...schemes) } },
  }
}

import { app, BrowserWindow, ipcMain, Menu, protocol, session as electronSession, type IpcMainEvent, type Session as ElectronSession, type WebContents } from 'electron'
import { join } from 'node:path'
import type { Application } from '../service/application.ts'
import { appRoot, screensPath } from './appPaths.ts'
import { endOnBug } from './endOnBug.ts'
import { readHostFlags, type HostFlags } from './hostFlags.ts'
import { openCalls } from './openCalls.ts'
import { readScreenFiles, type ScreenFiles } from './screenFiles.ts'

const scheme = 'station'
const origin = `${scheme}://app`

/**
 * Runs the desktop application: one instance, one window. Nothing is awaited before Electron is told about the scheme, because it is
 * ready only after its entry has run. What goes wrong at the start is printed and ends the program.
 */
export function runElectronHost(compose: (flags: HostFlags) => Promise<Application>): void {
  if (!app.requestSingleInstanceLock()) { app.quit(); return }
  // An origin of their own for the screens; a file: page would share one with every file of the machine.
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }])
  const start = async (): Promise<void> => {
    const flags = readHostFlags(process.argv.slice(app.isPackaged ? 1 : 2))
    await app.whenReady()
    await openStation(await compose(flags))
  }
  start().catch((error: unknown) => {
    console.error(error)
    app.exit(1)
  })
}

async function openStation(application: Application): Promise<void> {
  closeInOrder(application)
  serveScreens(electronSession.defaultSession, await readScreenFiles(screensPath, "'none'"))
  denyEverythingElse(electronSession.defaultSession)
  app.on('web-contents-created', (_event, contents) => { keepOnOurPages(contents) })
  acceptCalls(application)
  Menu.setApplicationMenu(null)
  await openWindow()
}

function serveScreens(screens: ElectronSession, files: ScreenFiles): void {
  screens.protocol.handle(scheme, (request) => {
    const { host, pathname } = new URL(request.url)
    const file = host === 'app' && request.method === 'GET' ? files(pathname.slice(1)) : undefined
    return file ? new Response(file.body, { headers: file.headers }) : new Response('There is no such file.', { status: 404 })
  })
}

/** The screens need no permission and nothing from the network; what asks for one is not ours. */
function denyEverythingElse(screens: ElectronSession): void {
  screens.setPermissionRequestHandler((_contents, _permission, answer) => { answer(false) })
  screens.setPermissionCheckHandler(() => false)
  screens.setDevicePermissionHandler(() => false)
  screens.webRequest.onBeforeRequest((request, answer) => { answer({ cancel: !isAllowedAddress(request.url) }) })
  // A page may save what it holds itself, such as the traffic log; the system asks where.
  screens.on('will-download', (event, item) => { if (!item.getURL().startsWith(`blob:${origin}/`)) event.preventDefault() })
}

/** `blob:` and `data:` never leave the page; `devtools:` is Electron's own and is opened by hand. */
const isAllowedAddress = (url: string): boolean => /^(?:blob|data|devtools):/.test(url) || url.startsWith(`${origin}/`)

function keepOnOurPages(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => { event.preventDefault() })
  contents.on('will-frame-navigate', (event) => { if (!event.url.startsWith(`${origin}/`)) event.preventDefault() })
  contents.on('will-redirect', (event) => { event.preventDefault() })
}

/** One port, and with it one session, per loaded page: a reload hands over a new one and the old one has closed. */
function acceptCalls(application: Application): void {
  const connect = openCalls(application)
  ipcMain.on('stationmaster:rpc-port', (event) => {
    const [port] = event.ports
    if (!port) return
    if (!isOurPage(event)) { port.close(); return }
    const connection = connect((message) => { port.postMessage(message) })
    port.on('message', ({ data }) => { connection.receive(data as string) })
    port.once('close', () => { connection.end() })
    port.start()
  })
}

/** The main frame of our own page, to the letter; a sender that is gone has no frame. */
const isOurPage = (event: IpcMainEvent): boolean =>
  event.senderFrame !== null && event.senderFrame.parent === null && event.senderFrame.origin === origin

/** The program ends when the outputs are safe, whichever way it was asked to. */
function closeInOrder(application: Application): void {
  let ending: Promise<void> | undefined
  const end = (code: number): void => {
    ending ??= application.close().then(() => { app.exit(code) }, () => { app.exit(1) })
  }
  app.on('window-all-closed', () => { end(0) })
  app.on('before-quit', (event) => {
    event.preventDefault()
    end(0)
  })
  endOnBug(application, () => { end(1) })
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: {
      preload: join(appRoot, 'out', 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  })
  window.once('ready-to-show', () => { window.show() })
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  // The screens are a mirror: loading them again is a full cure.
  window.webContents.on('render-process-gone', (_event, details) => { if (details.reason !== 'clean-exit') window.webContents.reload() })
  await window.loadURL(`${origin}/`)
}

import { spawn } from 'node:child_process'

/** Opens the address in the person's browser where there is a display and a browser; the address has been printed in any case. */
export function openBrowser(url: string): void {
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return
  const opener = spawn('xdg-open', [url], { detached: true, stdio: 'ignore' })
  opener.on('error', () => undefined)
  opener.unref()
}

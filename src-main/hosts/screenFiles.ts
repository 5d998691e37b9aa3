import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface ScreenFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/** Gives the file at a path below the screens (`''` is the page itself), or undefined. */
export type ScreenFiles = (path: string) => ScreenFile | undefined

/**
 * Reads the built screens once, so that a path can only ever name what was there at the start: there is no way out of a map.
 * @param connect sources the page may open a connection to, as in CSP's connect-src
 */
export async function readScreenFiles(folder: string, connect: string): Promise<ScreenFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(relative(folder, file).split(sep).join('/'), new Uint8Array(await readFile(file)))
  }
  const page = files.get('index.html')
  if (!page) throw new Error(`the screens are not built: no index.html in ${folder}`)
  const pageText = new TextDecoder().decode(page)
  if (!noncePlace.test(pageText)) throw new Error('index.html has no <meta name="csp-nonce" content="">: without it no style would be let through')
  files.delete('index.html')

  return (path) => {
    // A fresh nonce for every page: emotion marks its style elements with it, and nothing else may add any.
    const nonce = randomBytes(16).toString('base64')
    const headers = screenHeaders(nonce, connect)
    if (path === '') {
      const filled = pageText.replace(noncePlace, `$1${nonce}"`)
      return { body: new TextEncoder().encode(filled), headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } }
    }
    const body = files.get(path)
    const type = contentTypes[extname(path)]
    return body && type ? { body, headers: { ...headers, 'content-type': type } } : undefined
  }
}

const noncePlace = /(<meta name="csp-nonce" content=")"/

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
}

/** Nothing from elsewhere, nothing inline, in no frame; the same for both hosts. */
const screenHeaders = (nonce: string, connect: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  ...securityHeaders,
})

/** On every answer, refusals too. */
export const securityHeaders = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

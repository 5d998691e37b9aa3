import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface Refusal {
  readonly status: number
  readonly sentence: string
}

export interface GatedRequest {
  readonly method: string
  /** The request target: path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly isUpgrade: boolean
  /** The port it came in by. */
  readonly port: number
}

export interface LoopbackGate {
  /** Where the screens are: `/<unguessable>/`. */
  readonly screens: string
  /** Set-Cookie for a browser that showed the token. */
  readonly cookie: string
  /** The address to print: what lets a browser in. */
  printedUrl(port: number): string
  /** An address that lets one browser in, once: for a command line, which other users of the machine can read. */
  singleUseUrl(port: number): string
  /** Why this request may not pass, or undefined. */
  refuse(request: GatedRequest): Refusal | undefined
}

/**
 * Who may speak to the loopback host. Listening on 127.0.0.1 keeps other machines out, but neither other programs nor the pages of
 * other sites that the same browser has open: hence a secret, and Host and Origin to the letter (DNS rebinding, cross-site WebSockets).
 *
 * The token of the printed address is exchanged for a cookie, because a browser sends no header of ours with a page, a script or a
 * WebSocket. Cookies do not know ports: one for 127.0.0.1 goes to every server of this machine that the browser visits. The cookie is
 * therefore bound to a path that nobody else can guess, and the path alone opens nothing. Token, cookie and path are of 256 bits each
 * and live as long as this process.
 */
export function openLoopbackGate(): LoopbackGate {
  const token = newSecret()
  const singleUseTokens = new Set<string>()
  const pass = newSecret()
  const screens = `/${newSecret()}/`
  const isToken = (given: string | null): boolean => {
    const once = [...singleUseTokens].find((candidate) => isSecret(given, candidate))
    if (once !== undefined) singleUseTokens.delete(once)
    return once !== undefined || isSecret(given, token)
  }
  return {
    screens,
    cookie: `station=${pass}; Path=${screens}; HttpOnly; SameSite=Strict`,
    printedUrl: (port) => `${originOf(port)}/?token=${token}`,
    singleUseUrl(port) {
      const once = newSecret()
      singleUseTokens.add(once)
      return `${originOf(port)}/?token=${once}`
    },
    refuse({ method, url, headers, isUpgrade, port }) {
      const origin = originOf(port)
      if (`http://${headers.host ?? ''}` !== origin) return { status: 403, sentence: `This station answers only to ${origin}.` }
      // A page's first request has no Origin; a WebSocket always has one.
      if (headers.origin !== origin && (isUpgrade || headers.origin !== undefined)) {
        return { status: 403, sentence: 'Pages of other sites may not speak to this station.' }
      }
      if (method !== 'GET') return { status: 405, sentence: 'This station answers GET only.' }
      const [path, query] = url.split('?', 2)
      const mayPass = path === '/' ? isToken(new URLSearchParams(query).get('token')) : isSecret(readCookie(headers.cookie), pass)
      return mayPass ? undefined : { status: 401, sentence: 'Open the address that was printed when the station started; it is a new one at each start.' }
    },
  }
}

/** As a browser writes it: without the port where that is HTTP's own. */
const originOf = (port: number): string => new URL(`http://127.0.0.1:${port}`).origin

const newSecret = (): string => randomBytes(32).toString('base64url')

/** Compares hashes, so that neither content nor length shows in the time it takes. */
function isSecret(given: string | null | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(secret))
}

const readCookie = (header: string | undefined): string | undefined => /(?:^|;\s*)station=([\w-]+)/.exec(header ?? '')?.[1]

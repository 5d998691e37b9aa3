import type { StationClient } from '../client/stationClient.ts'
import { useMirror } from './mirror.ts'

const beatEveryMs = 2_000
const beatWithinMs = 3_000
const firstRetryMs = 250
const slowestRetryMs = 5_000

/**
 * Keeps the mirror true: follows both views, asks for a sign of life in between, and after a loss starts over with growing pauses.
 * The last views stay, so screens can show them as stale. Ends with `signal`.
 */
export async function mirrorStation(client: StationClient, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs
  while (!signal.aborted) {
    await liveOnce(client, signal, () => (retryMs = firstRetryMs))
    useMirror.setState(({ connection }) => (connection.state === 'online' ? { connection: { state: 'offline', sinceMs: Date.now() } } : {}))
    await pause(retryMs, signal)
    retryMs = Math.min(retryMs * 2, slowestRetryMs)
  }
}

/** Until the first stream ends or the first sign of life is missing. One sign comes first: a stream may begin before a hung station is noticed. */
async function liveOnce(client: StationClient, signal: AbortSignal, onOnline: () => void): Promise<void> {
  const life = new AbortController()
  const within = AbortSignal.any([signal, life.signal])
  try {
    await hearFrom(client, within)
    await Promise.race([
      follow(client.station.watch(undefined, { signal: within }), (station) => {
        onOnline()
        useMirror.setState({ station, connection: { state: 'online' } })
      }),
      follow(client.commissioning.watch(undefined, { signal: within }), (commissioning) => useMirror.setState({ commissioning })),
      beat(client, within),
    ])
  } catch {
    // Lost is lost, whatever the transport calls it; the caller tries again.
  } finally {
    life.abort()
  }
}

async function follow<View>(stream: Promise<AsyncIterable<View>>, take: (view: View) => void): Promise<void> {
  for await (const view of await stream) take(view)
}

/** A socket can stay open while the process behind it hangs; only an answer shows that somebody is there. */
async function beat(client: StationClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(beatEveryMs, signal)
    await hearFrom(client, signal)
  }
}

async function hearFrom(client: StationClient, signal: AbortSignal): Promise<void> {
  const answer = await withinMs(beatWithinMs, client.session.view(undefined, { signal }))
  if (answer.ok) useMirror.setState({ session: answer.value })
}

function withinMs<T>(limitMs: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
    asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

import type { Latest } from './latest.ts'

const minimumIntervalMs = 100

/** Whole views, newest wins, at most ten a second: a screen that cannot keep up sees fewer of them and never an old one. */
export async function* streamViews<T>(views: Latest<T>, signal: AbortSignal | undefined, sleep: (ms: number, signal?: AbortSignal) => Promise<void>): AsyncGenerator<T, void> {
  let seen = -1
  for (;;) {
    const next = await views.after(seen, signal)
    if (!next) return
    seen = next.version
    yield next.value
    await sleep(minimumIntervalMs, signal)
  }
}

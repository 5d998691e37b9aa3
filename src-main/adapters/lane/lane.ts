/**
 * Request and response over any message channel: how the main loop talks to the processes and threads beside it.
 * One side `serveLane`s an object of async methods, the other calls it through `openLane`. Values travel by structured clone,
 * so typed arrays arrive as typed arrays. A thrown Error crosses as its message and rejects the call: it is a bug, not a Fault.
 */
export interface LaneChannel {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

type Method = (argument: never, context: LaneContext) => Promise<unknown>
export type LaneMethods = Readonly<Record<string, Method>>

export interface LaneContext {
  /** Aborted when the caller's signal is. */
  readonly signal: AbortSignal
  notify(note: unknown): void
}

interface Call { readonly kind: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
interface Abort { readonly kind: 'abort'; readonly id: number }
interface Note { readonly kind: 'note'; readonly id: number; readonly note: unknown }
interface Answer { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
type Message = Call | Abort | Note | Answer

export function serveLane(channel: LaneChannel, methods: LaneMethods): void {
  const running = new Map<number, AbortController>()
  channel.onMessage((raw) => {
    const message = raw as Message
    if (message.kind === 'abort') running.get(message.id)?.abort()
    if (message.kind !== 'call') return
    const { id } = message
    const abort = new AbortController()
    running.set(id, abort)
    const method = methods[message.method]
    const context: LaneContext = { signal: abort.signal, notify: (note) => { channel.post({ kind: 'note', id, note }) } }
    const work = method ? method(message.argument as never, context) : Promise.reject(new Error(`the lane has no method ${message.method}`))
    work
      .then((value) => { channel.post({ kind: 'answer', id, value }) })
      .catch((error: unknown) => { channel.post({ kind: 'answer', id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }) })
      .finally(() => running.delete(id))
  })
}

export interface Lane {
  call<T>(method: string, argument: unknown, options?: { readonly signal?: AbortSignal; readonly onNote?: (note: never) => void }): Promise<T>
  /** Rejects every call in flight and every later one: the other side has died. */
  fail(reason: string): void
}

export function openLane(channel: LaneChannel): Lane {
  interface Pending { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void; readonly onNote?: ((note: never) => void) | undefined }
  const pending = new Map<number, Pending>()
  let nextId = 1
  let failed: string | undefined
  channel.onMessage((raw) => {
    const message = raw as Message
    const call = pending.get(message.id)
    if (!call) return
    if (message.kind === 'note') call.onNote?.(message.note as never)
    if (message.kind !== 'answer') return
    pending.delete(message.id)
    if (message.error === undefined) call.resolve(message.value)
    else call.reject(new Error(message.error))
  })
  return {
    call<T>(method: string, argument: unknown, options: { signal?: AbortSignal; onNote?: (note: never) => void } = {}): Promise<T> {
      if (failed !== undefined) return Promise.reject(new Error(failed))
      const id = nextId++
      const abort = (): void => { channel.post({ kind: 'abort', id }) }
      return new Promise<unknown>((resolve, reject) => {
        pending.set(id, { resolve, reject, onNote: options.onNote })
        channel.post({ kind: 'call', id, method, argument })
        if (options.signal?.aborted) abort()
        else options.signal?.addEventListener('abort', abort, { once: true })
      }).finally(() => options.signal?.removeEventListener('abort', abort)) as Promise<T>
    },
    fail(reason) {
      failed = reason
      for (const call of pending.values()) call.reject(new Error(reason))
      pending.clear()
    },
  }
}

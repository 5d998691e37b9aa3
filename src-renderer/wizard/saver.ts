export type SaveState = 'saved' | 'saving' | 'refused' | 'offline'

/**
 * Keeps a value that is edited here and saved by the main process in step with it. Obligations:
 * - The first change is sent at once; while an answer is under way, or within `everyMs` of it, only the newest is kept to be sent next.
 * - From a change until the main process shows that very value, its other views are late answers and are dropped.
 * - A refused value stays on the screen (`state` refused) until it is changed again.
 * - What did not arrive because the station was away is sent again with the first view that comes after.
 */
export interface Saver<T> {
  readonly value: T
  readonly state: SaveState
  change(value: T): void
  /** What the main process says now. */
  hear(value: T): void
}

export interface SaverOptions<T> {
  readonly value: T
  readonly same: (a: T, b: T) => boolean
  readonly save: (value: T) => Promise<'taken' | 'refused' | 'offline'>
  readonly onChange: () => void
  readonly everyMs?: number
  /** setTimeout, or a test's. */
  readonly later?: (run: () => void, ms: number) => void
}

export function createSaver<T>({ value, same, save, onChange, everyMs = 250, later = (run, ms) => void setTimeout(run, ms) }: SaverOptions<T>): Saver<T> {
  let shown = value
  let state: SaveState = 'saved'
  let waiting = false
  /** Sent, or to be sent, and not yet seen in a view. */
  let awaited: { value: T } | null = null

  const become = (next: SaveState): void => {
    state = next
    onChange()
  }
  const send = async (): Promise<void> => {
    waiting = true
    const sent = shown
    const answer = await save(sent)
    later(() => {
      waiting = false
      if (!same(sent, shown)) void send()
    }, everyMs)
    if (!same(sent, shown)) return
    if (answer === 'taken') become('saved')
    else become(answer)
  }
  return {
    get value() {
      return shown
    },
    get state() {
      return state
    },
    change(next) {
      shown = next
      awaited = { value: next }
      become('saving')
      if (!waiting) void send()
    },
    hear(next) {
      if (awaited && !same(awaited.value, next)) {
        if (state === 'offline' && !waiting) {
          become('saving')
          void send()
        }
        return
      }
      awaited = null
      if (same(shown, next)) return
      shown = next
      onChange()
    },
  }
}

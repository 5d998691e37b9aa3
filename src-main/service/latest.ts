/**
 * The newest value for any number of slow readers: each waits for one that it has not seen, and those in between are dropped.
 * This is how a screen gets views and pictures without a queue.
 */
export class Latest<T> {
  #value: T | undefined
  #version = 0
  #waiting = new Set<() => void>()

  get version(): number { return this.#version }

  set(value: T): void {
    this.#value = value
    this.#version++
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const wake of waiting) wake()
  }

  /** Resolves with a value newer than `version`, or with undefined when the signal is aborted. */
  async after(version: number, signal?: AbortSignal): Promise<{ readonly version: number; readonly value: T } | undefined> {
    while (!signal?.aborted) {
      if (this.#version > version && this.#value !== undefined) return { version: this.#version, value: this.#value }
      await this.#next(signal)
    }
    return undefined
  }

  #next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }
}

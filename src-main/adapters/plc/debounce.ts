/** A change of level that lasted. `edgeMs`: half-way between the last look at the old level and the first at the new one. */
export interface Edge {
  readonly isOn: boolean
  readonly edgeMs: number
}

export type Debounced = (isOn: boolean, atMs: number) => Edge | null

/**
 * Looks at one input and answers with an edge once the new level has lasted `debounceMs`, seen at two looks at least; with 0 at the
 * first look. The first look of all is no edge: nobody knows since when it has been so.
 */
export function debounce(debounceMs: number): Debounced {
  let stable: boolean | undefined
  let lastMs = 0
  let changedMs: number | null = null

  return (isOn, atMs) => {
    const beforeMs = lastMs
    lastMs = atMs
    if (stable === undefined || isOn === stable) {
      stable = isOn
      changedMs = null
      return null
    }
    const isSecondLook = changedMs !== null
    changedMs ??= (beforeMs + atMs) / 2
    if (debounceMs > 0 && !(isSecondLook && atMs - changedMs >= debounceMs)) return null
    const edgeMs = changedMs
    stable = isOn
    changedMs = null
    return { isOn, edgeMs }
  }
}

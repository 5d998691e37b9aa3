/** A change of level that lasted. */
export interface Edge {
  readonly isOn: boolean
  /** Half-way between the last look at the old level and the first at the new one. */
  readonly edgeMs: number
  /** The first look at the new one: it was not later. */
  readonly seenMs: number
}

export type Debounced = (isOn: boolean, atMs: number) => Edge | null

/**
 * Looks at one input and answers with an edge once the new level has lasted `debounceMs`, seen at two looks at least; with 0 at the
 * first look. The first look of all is no edge: nobody knows since when it has been so.
 */
export function debounce(debounceMs: number): Debounced {
  let stable: boolean | undefined
  let lastMs = 0
  let change: Omit<Edge, 'isOn'> | null = null

  return (isOn, atMs) => {
    const beforeMs = lastMs
    lastMs = atMs
    if (stable === undefined || isOn === stable) {
      stable = isOn
      change = null
      return null
    }
    const isSecondLook = change !== null
    change ??= { edgeMs: (beforeMs + atMs) / 2, seenMs: atMs }
    if (debounceMs > 0 && !(isSecondLook && atMs - change.edgeMs >= debounceMs)) return null
    const edge = { isOn, ...change }
    stable = isOn
    change = null
    return edge
  }
}

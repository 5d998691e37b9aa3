/** Connected defects of a mask: `labels` row-major, 0 for background and 1… for each region; `sizes[label]` in pixels. */
export interface LabelledMask {
  readonly labels: Int32Array
  readonly sizes: readonly number[]
}

/** Pixels that touch, also at a corner (8 neighbours), belong together. `mask` is row-major [heightPx, widthPx], 0 is background. */
export function labelRegions(mask: Uint8Array, widthPx: number, heightPx: number): LabelledMask {
  const labels = new Int32Array(mask.length)
  const sizes = [0]
  const open: number[] = []
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || labels[seed] !== 0) continue
    const label = sizes.length
    let size = 0
    labels[seed] = label
    open.push(seed)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      size++
      const x = at % widthPx
      const y = (at - x) / widthPx
      for (let row = Math.max(0, y - 1); row <= Math.min(heightPx - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(widthPx - 1, x + 1); column++) {
          const neighbour = row * widthPx + column
          if (mask[neighbour] === 0 || labels[neighbour] !== 0) continue
          labels[neighbour] = label
          open.push(neighbour)
        }
    }
    sizes.push(size)
  }
  return { labels, sizes }
}

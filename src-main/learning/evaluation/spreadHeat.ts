import type { Bounds } from '../../domain/geometry.ts'

export interface HeatMap {
  readonly bounds: Bounds
  readonly heat: Float32Array
  readonly mapWidth: number
  readonly mapHeight: number
}

/**
 * One heat per image pixel: each map bilinearly enlarged over its bounds (cell centres at +0.5, border replicated), the hottest where
 * several overlap. Pixels that no region looks at can never be found, so they are colder than all that were.
 */
export function spreadHeat(maps: readonly HeatMap[], widthPx: number, heightPx: number): Float32Array {
  const target = new Float32Array(widthPx * heightPx).fill(-3e38)
  for (const map of maps) {
    const columns = tapsOf(map.bounds.width, map.mapWidth)
    const rows = tapsOf(map.bounds.height, map.mapHeight)
    for (let y = 0; y < map.bounds.height; y++) {
      const upper = map.heat.subarray(rows.first[y]! * map.mapWidth)
      const lower = map.heat.subarray(rows.second[y]! * map.mapWidth)
      const down = rows.share[y]!
      const start = (map.bounds.top + y) * widthPx + map.bounds.left
      for (let x = 0; x < map.bounds.width; x++) {
        const a = columns.first[x]!
        const b = columns.second[x]!
        const right = columns.share[x]!
        const above = upper[a]! + (upper[b]! - upper[a]!) * right
        const below = lower[a]! + (lower[b]! - lower[a]!) * right
        target[start + x] = Math.max(target[start + x]!, above + (below - above) * down)
      }
    }
  }
  return target
}

interface Taps {
  readonly first: Int32Array
  readonly second: Int32Array
  /** Weight of `second`; `first` has the rest. */
  readonly share: Float32Array
}

function tapsOf(pixels: number, cells: number): Taps {
  const taps = { first: new Int32Array(pixels), second: new Int32Array(pixels), share: new Float32Array(pixels) }
  for (let i = 0; i < pixels; i++) {
    const at = Math.min(Math.max(((i + 0.5) * cells) / pixels - 0.5, 0), cells - 1)
    taps.first[i] = Math.floor(at)
    taps.second[i] = Math.min(taps.first[i]! + 1, cells - 1)
    taps.share[i] = at - taps.first[i]!
  }
  return taps
}

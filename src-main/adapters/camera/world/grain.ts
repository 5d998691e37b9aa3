import { mixBits } from './randomStream.ts'
import type { GrainLayer } from './worldFile.ts'

/** Random values on a lattice, −1…1, that are blended in between; cells of `xPx`×`yPx` make streaks, specks or clouds. */
export interface Grain {
  readonly values: Float32Array
  readonly columns: number
  readonly rows: number
  readonly perX: number
  readonly perY: number
  readonly amount: number
}

export function growGrain({ xPx, yPx, amount }: GrainLayer, widthPx: number, heightPx: number, seed: number): Grain {
  const columns = Math.ceil(widthPx / xPx) + 2
  const rows = Math.ceil(heightPx / yPx) + 2
  const values = new Float32Array(columns * rows)
  let state = mixBits(seed) | 1
  for (let i = 0; i < values.length; i++) {
    // xorshift32 (G. Marsaglia, 2003)
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    values[i] = state / 0x80000000
  }
  return { values, columns, rows, perX: 1 / xPx, perY: 1 / yPx, amount }
}

/** The grain at a place counted from the upper left corner of its area. */
export function grainAt({ values, columns, rows, perX, perY }: Grain, x: number, y: number): number {
  const u = Math.min(Math.max(x * perX, 0), columns - 2)
  const v = Math.min(Math.max(y * perY, 0), rows - 2)
  const column = u | 0
  const row = v | 0
  const right = u - column
  const down = v - row
  const at = row * columns + column
  const upper = values[at]! + (values[at + 1]! - values[at]!) * right
  const lower = values[at + columns]! + (values[at + columns + 1]! - values[at + columns]!) * right
  return upper + (lower - upper) * down
}

import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Distances are compared in so many random directions: enough to rank them, and a fraction of the work. */
const directions = 24

/**
 * Which `count` of the rows [rows, rowLength] stand for all: greedily, each time the row farthest from those chosen (k-centre; Roth et
 * al., Towards total recall in industrial anomaly detection, CVPR 2022, algorithm 1), so that rare but normal patches are kept. Rows
 * are compared after a random projection on signs (Achlioptas, 2003). In the order of choice; the same seed gives the same rows.
 */
export function chooseCoreset(rows: Float32Array, rowLength: number, count: number, seed: number): Uint32Array {
  const total = rows.length / rowLength
  if (count >= total) return Uint32Array.from({ length: total }, (_, row) => row)
  const projected = projectOnSigns(rows, rowLength, seed)
  const chosen = new Uint32Array(count)
  const distances = new Float32Array(total).fill(Infinity)
  let farthest = 0
  for (let i = 0; i < count; i++) {
    chosen[i] = farthest
    farthest = approach(distances, projected, farthest)
  }
  return chosen
}

/** Takes one more row into account; gives the row that is now farthest from all that were. */
function approach(distances: Float32Array, projected: Float32Array, row: number): number {
  const centre = projected.subarray(row * directions, (row + 1) * directions)
  let farthest = 0
  for (let other = 0, start = 0; other < distances.length; other++, start += directions) {
    let square = 0
    for (let i = 0; i < directions; i++) {
      const step = projected[start + i]! - centre[i]!
      square += step * step
    }
    if (square < distances[other]!) distances[other] = square
    if (distances[other]! > distances[farthest]!) farthest = other
  }
  return farthest
}

function projectOnSigns(rows: Float32Array, rowLength: number, seed: number): Float32Array {
  const random = xoroshiro128plus(seed)
  const signs = Float32Array.from({ length: directions * rowLength }, () => 2 * uniformInt(random, 0, 1) - 1)
  const total = rows.length / rowLength
  const projected = new Float32Array(total * directions)
  for (let row = 0; row < total; row++)
    for (let d = 0; d < directions; d++) {
      let sum = 0
      for (let i = 0; i < rowLength; i++) sum += rows[row * rowLength + i]! * signs[d * rowLength + i]!
      projected[row * directions + d] = sum
    }
  return projected
}

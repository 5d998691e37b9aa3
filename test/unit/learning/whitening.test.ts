import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { addResponses, fitWhitening, noResponses } from '../../../src-main/learning/whitening.ts'

const length = 80
const patchLength = 64
const identity = Array.from({ length }, (_, i) => Float64Array.from({ length }, (__, j) => Number(i === j)))

/** Correlated rows of very different variance about a mean far from zero. */
function someRows(count: number): Float32Array {
  const random = xoroshiro128plus(1)
  const rows = new Float32Array(count * length)
  for (let r = 0; r < count; r++) {
    let carried = 0
    for (let i = 0; i < length; i++) {
      carried = 0.5 * carried + uniformInt(random, -1_000, 1_000) / 1_000
      rows[r * length + i] = 7 + carried / (1 + i / 10)
    }
  }
  return rows
}

describe('whitening', () => {
  const rows = someRows(4_000)
  const moments = noResponses(length)
  for (let start = 0; start < rows.length; start += length) addResponses(moments, rows, start)

  it('gives patches of mean 0 whose directions are uncorrelated and of nearly unit variance', () => {
    const { weights, offset } = fitWhitening(moments, identity, patchLength)!
    const whitened = Array.from({ length: 4_000 }, (_, r) => weights.map((row, k) => row.reduce((sum, w, i) => sum + w * rows[r * length + i]!, offset[k]!)))
    for (let a = 0; a < patchLength; a += 7)
      for (let b = a; b < patchLength; b += 7) {
        const product = whitened.reduce((sum, z) => sum + z[a]! * z[b]!, 0) / whitened.length
        // The ridge of 1e-3·mean λ takes up to a few percent from the smallest directions.
        if (a === b) expect(product).toSatisfy((variance: number) => variance > 0.9 && variance <= 1.0001)
        else expect(Math.abs(product)).toBeLessThan(1e-3)
      }
    expect(Math.abs(whitened.reduce((sum, z) => sum + z[3]!, 0) / 4_000)).toBeLessThan(1e-4)
  })

  it('keeps the directions of largest variance of the channels, not of the responses', () => {
    const louder = identity.map((row, i) => row.map((v) => (i === length - 1 ? 1_000 * v : v)))
    const first = fitWhitening(moments, louder, patchLength)!.weights[0]!
    expect(Math.abs(first[length - 1]!)).toBe(Math.max(...first.map(Math.abs)))
  })

  it('finds nothing to learn in rows that are all alike', () => {
    const flat = noResponses(length)
    for (let i = 0; i < 100; i++) addResponses(flat, rows, 0)
    expect(fitWhitening(flat, identity, patchLength)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { chooseCoreset } from '../../../src-main/learning/coreset.ts'

/** Rows of 32: a thousand close together, and five far from them and from each other. */
const length = 32
const outliers = [17, 203, 404, 650, 999]
const rows = new Float32Array(1_000 * length)
for (let row = 0; row < 1_000; row++)
  for (let i = 0; i < length; i++) rows[row * length + i] = Math.sin(row * 1.7 + i * 2.3) / 10
for (const [k, row] of outliers.entries()) rows[row * length + 3 * k] = 50 + k

describe('a coreset', () => {
  it('keeps what is rare before it keeps more of what is common', () => {
    expect(Array.from(chooseCoreset(rows, length, 6, 1))).toEqual(expect.arrayContaining(outliers))
  })

  it('leaves no row farther away than the common ones are from each other', () => {
    const chosen = chooseCoreset(rows, length, 20, 1)
    const farthest = Math.max(...Array.from({ length: 1_000 }, (_, row) => Math.min(...Array.from(chosen, (centre) => distance(row, centre)))))
    expect(farthest).toBeLessThan(2 * 0.1 * Math.sqrt(length))
  })

  it('is the same for the same seed, and never names a row twice', () => {
    const chosen = chooseCoreset(rows, length, 100, 7)
    expect(chooseCoreset(rows, length, 100, 7)).toEqual(chosen)
    expect(new Set(chosen).size).toBe(100)
  })

  it('is everything where there is no more than asked for', () => {
    expect(chooseCoreset(rows.subarray(0, 3 * length), length, 5, 1)).toEqual(Uint32Array.of(0, 1, 2))
  })
})

function distance(a: number, b: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += (rows[a * length + i]! - rows[b * length + i]!) ** 2
  return Math.sqrt(sum)
}

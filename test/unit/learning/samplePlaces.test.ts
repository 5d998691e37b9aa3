import { describe, expect, it } from 'vitest'
import { samplePlaces } from '../../../src-main/learning/samplePlaces.ts'

describe('a random sample of places', () => {
  it('is ascending, without repetition, inside the range and as large as asked', () => {
    const places = Array.from(samplePlaces(5_000, 300, 1))
    expect(places).toHaveLength(300)
    expect(new Set(places).size).toBe(300)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places.at(-1)).toBeLessThan(5_000)
  })

  it('is everything when no more is there', () => {
    expect(Array.from(samplePlaces(4, 10, 1))).toEqual([0, 1, 2, 3])
  })

  it('depends on the seed and on nothing else', () => {
    expect(samplePlaces(1_000, 50, 1)).toEqual(samplePlaces(1_000, 50, 1))
    expect(samplePlaces(1_000, 50, 1)).not.toEqual(samplePlaces(1_000, 50, 2))
  })

  it('takes every place equally often', () => {
    const taken = new Array<number>(10).fill(0)
    for (let seed = 0; seed < 2_000; seed++) for (const place of samplePlaces(10, 3, seed)) taken[place]!++
    // 600 expected; 4.5 standard deviations.
    for (const times of taken) expect(Math.abs(times - 600)).toBeLessThan(4.5 * Math.sqrt(2_000 * 0.3 * 0.7))
  })
})

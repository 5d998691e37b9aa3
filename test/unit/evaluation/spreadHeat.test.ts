import { describe, expect, it } from 'vitest'
import { spreadHeat } from '../../../src-main/learning/evaluation/spreadHeat.ts'

const unseen = Math.fround(-3e38)
const bounds = (left: number, top: number, width: number, height: number) => ({ left, top, width, height })

describe('spreadHeat', () => {
  it('keeps the heat at the middle of a cell and goes straight from one to the next', () => {
    const heat = spreadHeat([{ bounds: bounds(0, 0, 8, 1), heat: Float32Array.of(0, 4), mapWidth: 2, mapHeight: 1 }], 8, 1)
    expect([...heat]).toEqual([0, 0, 0.5, 1.5, 2.5, 3.5, 4, 4])
  })

  it('takes the hottest where regions overlap, and leaves coldest what none looks at', () => {
    const maps = [
      { bounds: bounds(0, 0, 2, 1), heat: Float32Array.of(1), mapWidth: 1, mapHeight: 1 },
      { bounds: bounds(1, 0, 2, 1), heat: Float32Array.of(2), mapWidth: 1, mapHeight: 1 },
    ]
    expect([...spreadHeat(maps, 4, 1)]).toEqual([1, 2, 2, unseen])
  })

  it('places a map by its rows too', () => {
    const map = { bounds: bounds(1, 1, 1, 2), heat: Float32Array.of(5, 7), mapWidth: 1, mapHeight: 2 }
    expect([...spreadHeat([map], 2, 3)]).toEqual([unseen, unseen, unseen, 5, unseen, 7])
  })
})

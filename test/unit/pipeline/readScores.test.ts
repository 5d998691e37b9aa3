import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shape } from '../../../src-main/domain/geometry.ts'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import type { Region } from '../../../src-main/domain/recipe.ts'
import type { RawScore } from '../../../src-main/domain/verdict.ts'
import { largestHotGroup } from '../../../src-main/pipeline/heatArea.ts'
import { readScores } from '../../../src-main/pipeline/readScores.ts'

const model = '0'.repeat(64) as Sha256
const regionOf = (id: string, shape: Shape, failAbove = 10): Region => ({
  id: id as RegionId,
  name: `Region ${id}`,
  shape,
  masks: [],
  model: { sha256: model, bytes: 1, method: 'padim', features: 'bank', inputWidthPx: 32, inputHeightPx: 16, mapWidth: 4, mapHeight: 2, baselineImages: 80, seed: 1 },
  limits: {
    failAbove,
    unsureAbove: 8,
    minAreaPx: 0,
    persistence: { count: 1, of: 1 },
    basis: { rule: 'q90', goodImages: 80, expectedFalseRejects: { value: 0.1, low: 0.05, high: 0.2, n: 80 } },
  },
})
const rawOf = (id: string, heat: readonly number[], score = 12): RawScore => ({
  regionId: id as RegionId,
  model,
  score,
  heat: Float32Array.from(heat),
  mapWidth: 4,
  mapHeight: 2,
  embedding: Float32Array.of(1, 2),
  nearest: [],
  provider: 'cpu',
  modelMs: 1,
})
const image = { widthPx: 200, heightPx: 100 }
const shape: Shape = { kind: 'rectangle', x: 20, y: 40, width: 80, height: 20 }

describe('readScores', () => {
  it('gives places and areas in pixels of the image', () => {
    const [reading] = readScores([rawOf('a', [0, 0, 11, 0, 0, 15, 0, 0])], [regionOf('a', shape)], image)
    expect(reading).toMatchObject({ regionName: 'Region a', score: 12, failAbove: 10, unsureAbove: 8, areaPx: 400, peak: { x: 50, y: 55 }, embedding: [1, 2] })
    expect(reading?.heatmap).toMatchObject({ bounds: { left: 20, top: 40, width: 80, height: 20 }, mapWidth: 4, mapHeight: 2 })
  })

  it('quantises heat so that twice the limit is the end of the scale', () => {
    const [reading] = readScores([rawOf('a', [-3, 0, 5, 10, 20, 0, 0, 0])], [regionOf('a', shape)], image)
    expect(reading!.heatmap.heatPerCount).toBeCloseTo(20 / 255)
    expect([...reading!.heatmap.cells]).toEqual([0, 0, 64, 128, 255, 0, 0, 0])
  })

  it('stretches the scale for heat beyond twice the limit', () => {
    const [reading] = readScores([rawOf('a', [0, 51, 0, 0, 0, 0, 0, 0])], [regionOf('a', shape)], image)
    expect(reading!.heatmap.heatPerCount).toBeCloseTo(0.2)
    expect(reading!.heatmap.cells[1]).toBe(255)
  })

  it('has no heat to show where nothing is over zero', () => {
    const [reading] = readScores([rawOf('a', [0, -1, 0, 0, 0, 0, 0, 0])], [regionOf('a', shape, -1)], image)
    expect([...reading!.heatmap.cells]).toEqual(Array(8).fill(0))
  })

  it('gives the readings in the order of the regions, whatever the order of the scores', () => {
    const regions = [regionOf('a', shape), regionOf('b', shape)]
    const cold = Array<number>(8).fill(0)
    expect(readScores([rawOf('b', cold, 2), rawOf('a', cold, 1)], regions, image).map(({ score }) => score)).toEqual([1, 2])
  })

  it.each([
    ['a region was not scored', []],
    ['the heat does not fill its map', [rawOf('a', [1, 2, 3])]],
    ['the score is not a number', [rawOf('a', Array<number>(8).fill(0), NaN)]],
    ['a cell of heat is not a number', [rawOf('a', [NaN, 0, 0, 0, 0, 0, 0, 0])]],
  ])('throws when %s', (_, raw) => {
    expect(() => readScores(raw, [regionOf('a', shape)], image)).toThrow()
  })
})

describe('largestHotGroup', () => {
  it('counts cells that touch at a corner as one group, and none across the edges of the map', () => {
    const heat = Float32Array.of(
      1, 0, 0, 1,
      0, 1, 0, 0,
      0, 0, 1, 0,
      1, 0, 0, 0,
    )
    expect(largestHotGroup(heat, 4, 4, 0.5)).toBe(3)
    expect(largestHotGroup(heat, 4, 4, 1)).toBe(0)
  })

  it('agrees with merging neighbours step by step', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 48, maxLength: 48 }), (hot) => {
        const group = hot.map((isHot, i) => (isHot ? i : -1))
        const near = (a: number, b: number): boolean => Math.abs((a % 8) - (b % 8)) <= 1 && Math.abs(Math.floor(a / 8) - Math.floor(b / 8)) <= 1
        for (let pass = 0; pass < 48; pass++)
          for (let a = 0; a < 48; a++)
            for (let b = 0; b < 48; b++) if (hot[a] && hot[b] && near(a, b)) group[a] = group[b] = Math.min(group[a]!, group[b]!)
        const sizes = group.filter((label) => label >= 0).map((label) => group.filter((other) => other === label).length)
        expect(largestHotGroup(Float32Array.from(hot, Number), 8, 6, 0.5)).toBe(Math.max(0, ...sizes))
      }),
      { numRuns: 50 },
    )
  })
})

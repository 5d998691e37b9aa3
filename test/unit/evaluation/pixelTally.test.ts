import { describe, expect, it } from 'vitest'
import { labelRegions } from '../../../src-main/learning/evaluation/labelRegions.ts'
import { pixelTally } from '../../../src-main/learning/evaluation/pixelTally.ts'

const drawing = (...rows: string[]): Uint8Array => Uint8Array.from(rows.join(''), (sign) => (sign === '.' ? 0 : 255))

describe('labelRegions', () => {
  it('joins pixels that touch at a corner and parts those that do not touch', () => {
    const { labels, sizes } = labelRegions(drawing('#..#', '.#.#', '....', '..#.'), 4, 4)
    expect(sizes).toEqual([0, 2, 2, 1])
    expect([...labels]).toEqual([1, 0, 0, 2, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 3, 0])
  })

  it('does not join the end of a row with the start of the next', () => {
    expect(labelRegions(drawing('...#', '....', '#...'), 4, 3).sizes).toEqual([0, 1, 1])
    expect(labelRegions(drawing('...#', '#...'), 4, 2).sizes).toEqual([0, 1, 1])
  })
})

describe('pixelTally', () => {
  it('is perfect when every defective pixel is hotter than every good one', () => {
    const tally = pixelTally()
    tally.add(Float32Array.of(-3, -2, 5, 6), drawing('..##'), 4, 1)
    tally.add(Float32Array.of(-1, 0, 1, 2), undefined, 4, 1)
    expect(tally.figures()).toEqual({ pixelAuroc: 1, aupro: 1 })
  })

  it('counts a small region as much as a large one in aupro, and every pixel alike in pixelAuroc', () => {
    const tally = pixelTally()
    // A region of four pixels is found before any good pixel; the one of one pixel only after all ten good ones.
    tally.add(Float32Array.of(9, 9, 9, 9, 1, 0), drawing('####.#'), 6, 1)
    tally.add(new Float32Array(9).fill(1), undefined, 9, 1)
    const { pixelAuroc, aupro } = tally.figures()
    expect(pixelAuroc).toBeCloseTo(4 / 5, 12)
    expect(aupro).toBeCloseTo(1 / 2, 12)
  })

  it('integrates aupro up to a false positive rate of 0.3 only', () => {
    const tally = pixelTally()
    // Overlap rises from 0 to 1 at false positive rate 0.2: (0.3 − 0.2) / 0.3 of the area is filled.
    tally.add(Float32Array.of(8, 5), drawing('.#'), 2, 1)
    tally.add(Float32Array.of(7, 1, 1, 1, 1, 1, 1, 1, 1), undefined, 9, 1)
    expect(tally.figures().aupro).toBeCloseTo(1 / 3, 12)
    expect(tally.figures().pixelAuroc).toBeCloseTo(0.8, 12)
  })

  it('has no figures without a mask', () => {
    const tally = pixelTally()
    tally.add(Float32Array.of(1, 2), undefined, 2, 1)
    expect(tally.figures()).toEqual({ pixelAuroc: null, aupro: null })
  })
})

describe('pixelTally against the definitions, threshold by threshold', () => {
  const side = 12
  const heatOf = (seed: number): Float32Array => Float32Array.from({ length: side * side }, (_, i) => Math.sin(i * 0.37 + seed) * 3 + Math.cos(i * seed * 0.11))
  const mask = drawing(...Array.from({ length: side }, (_, y) => (y < 3 ? '##..........' : y > 8 ? '.......####.' : '............')))
  const heats = [heatOf(1), heatOf(2), heatOf(3)]
  const masks = [mask, undefined, mask]

  it('agrees to four digits', () => {
    const tally = pixelTally()
    heats.forEach((heat, i) => { tally.add(heat, masks[i], side, side) })
    const { pixelAuroc, aupro } = tally.figures()

    const regions = heats.flatMap((heat, i) => {
      const labels = masks[i] && labelRegions(masks[i], side, side)
      return labels ? [1, 2].map((label) => [...heat].filter((_, at) => labels.labels[at] === label)) : []
    })
    const good = heats.flatMap((heat, i) => [...heat].filter((_, at) => !masks[i]?.[at]))
    const over = (values: readonly number[], threshold: number): number => values.filter((value) => value >= threshold).length / values.length
    const thresholds = [...new Set(heats.flatMap((heat) => [...heat]))].sort((a, b) => b - a)
    const curve = [{ x: 0, pro: 0, tpr: 0 }, ...thresholds.map((t) => ({
      x: over(good, t),
      pro: regions.reduce((sum, region) => sum + over(region, t), 0) / regions.length,
      tpr: over(regions.flat(), t),
    }))]
    const areaTo = (limit: number, y: 'pro' | 'tpr'): number =>
      curve.slice(1).reduce((area, b, i) => {
        const a = curve[i]!
        const end = Math.min(b.x, limit)
        if (end <= a.x) return area
        const top = a[y] + ((b[y] - a[y]) * (end - a.x)) / (b.x - a.x)
        return area + ((end - a.x) * (a[y] + top)) / 2
      }, 0) / limit
    expect(pixelAuroc).toBeCloseTo(areaTo(1, 'tpr'), 4)
    expect(aupro).toBeCloseTo(areaTo(0.3, 'pro'), 4)
  })
})

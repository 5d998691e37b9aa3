import { describe, expect, it } from 'vitest'
import { blockOrder, cellGridOf, visibleCells } from '../../../src-main/learning/cellGrid.ts'
import { inputSizeFor } from '../../../src-main/learning/inputSize.ts'

const picture = (isVisible: readonly boolean[], width: number): string[] =>
  Array.from({ length: isVisible.length / width }, (_, y) => isVisible.slice(y * width, (y + 1) * width).map((seen) => (seen ? '#' : '.')).join(''))

describe('the cells of a region', () => {
  it('are those whose centre lies inside the shape and outside every mask, wherever the region is and however it is scaled', () => {
    const grid = cellGridOf({
      shape: { kind: 'polygon', points: [{ x: 100, y: 50 }, { x: 228, y: 50 }, { x: 100, y: 178 }] },
      masks: [{ kind: 'rectangle', x: 100, y: 50, width: 40, height: 20 }],
      inputWidthPx: 64, inputHeightPx: 64,
    })
    expect(picture(grid.isVisible, grid.width)).toEqual(['..#####.', '######..', '#####...', '####....', '###.....', '##......', '#.......', '........'])
    expect(visibleCells(grid)).toHaveLength(26)
  })

  it('stand in blocks of two by two', () => {
    const order = blockOrder({ width: 4, height: 4, isVisible: [] })
    expect(order).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15])
  })
})

describe('the input of a model', () => {
  it.each([
    [{ width: 256, height: 256 }, 256, 256, 256],
    [{ width: 1000, height: 1000 }, 256, 256, 256],
    [{ width: 400, height: 100 }, 256, 512, 128],
    [{ width: 120, height: 300 }, 256, 160, 400],
    [{ width: 4000, height: 20 }, 256, 3616, 64],
  ])('for %o at %i is %i × %i: the same area, the same shape, in steps of 16', (size, inputSize, inputWidthPx, inputHeightPx) => {
    expect(inputSizeFor({ left: 3, top: 5, ...size }, inputSize)).toEqual({ inputWidthPx, inputHeightPx })
  })
})

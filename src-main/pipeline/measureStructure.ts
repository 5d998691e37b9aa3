import type { GreyImage } from './reduceToGrey.ts'

/** Root mean square of the grey gradient along the directions in which it is strongest and weakest, in levels per pixel. */
export interface Structure {
  readonly strong: number
  readonly weak: number
}

/**
 * The two eigenvalues' roots of the structure tensor (Förstner and Gülch, 1987; Harris and Stephens, 1988) over a whole picture:
 * central differences of the 3×3 mean. An area whose `weak` is near 0 looks the same when it is moved along one direction.
 */
export function measureStructure({ widthPx, heightPx, data }: GreyImage): Structure {
  let xx = 0
  let yy = 0
  let xy = 0
  const column = (i: number): number => data[i - widthPx]! + data[i]! + data[i + widthPx]!
  const row = (i: number): number => data[i - 1]! + data[i]! + data[i + 1]!
  for (let y = 1; y < heightPx - 1; y++)
    for (let x = 1, i = y * widthPx + 1; x < widthPx - 1; x++, i++) {
      const across = (column(i + 1) - column(i - 1)) / 6
      const down = (row(i + widthPx) - row(i - widthPx)) / 6
      xx += across * across
      yy += down * down
      xy += across * down
    }
  const count = (widthPx - 2) * (heightPx - 2)
  const mean = (xx + yy) / 2 / count
  const spread = Math.hypot((xx - yy) / 2, xy) / count
  return { strong: Math.sqrt(mean + spread), weak: Math.sqrt(Math.max(0, mean - spread)) }
}

import { visibleCells, type CellGrid } from './cellGrid.ts'
import { hottestCellsOf, type Scoring } from './featureSetting.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { combine, convolve, gather, largest, padReflected, reduceMean, reshape, slice } from './onnx/operators.ts'

/** Of the hottest cells, so many are named. */
export const namedCells = 5
const smoothingTaps = 9

export interface AnomalyValues {
  /** [1] */
  readonly score: Value
  /** [1, 1, h, w], in the unit of the score; hidden cells are 0. */
  readonly heatmap: Value
  /** int64 [5]: the hottest visible cells, row by row. */
  readonly hottest: Value
}

/**
 * From the distances to normal of a crop's cells [1, 1, h, w] to its score: less their own median over the visible cells, smoothed
 * (Gaussian, 9 taps, mirrored), mean of the hottest visible cells. Hidden cells count as 0 in the smoothing. The
 * distances are written when this asks for them: the order of the constants is part of a model's bytes.
 */
export function anomalyScore(g: GraphBuilder, grid: CellGrid, scoring: Scoring, writeDistances: () => Value): AnomalyValues {
  const { width, height, isVisible } = grid
  const cells = width * height
  const places = visibleCells(grid)
  const visible = g.integers(places)
  const shown = g.floats(isVisible.map(Number), [1, 1, height, width])
  const distances = writeDistances()
  const median = medianOf(g, gather(g, reshape(g, distances, [cells]), visible))
  const excess = combine(g, 'Mul', combine(g, 'Sub', distances, median), shown)
  const heatmap = combine(g, 'Mul', smooth(g, excess, scoring.smoothingSigma), shown)
  const hottest = largest(g, gather(g, reshape(g, heatmap, [cells]), visible), hottestCellsOf(scoring, places.length))
  const named = hottest.places.shape[0] === namedCells ? hottest.places : slice(g, hottest.places, 0, 0, namedCells)
  return { score: reduceMean(g, hottest.values, [0]), heatmap, hottest: gather(g, visible, named) }
}

/** Mean of the two middle values where the count is even. */
function medianOf(g: GraphBuilder, values: Value): Value {
  const count = values.shape[0]!
  const half = Math.floor(count / 2)
  const upper = largest(g, values, half + 1).values
  return reduceMean(g, slice(g, upper, 0, count % 2 === 0 ? half - 1 : half, half + 1), [0])
}

function smooth(g: GraphBuilder, map: Value, sigma: number): Value {
  const reach = (smoothingTaps - 1) / 2
  const taps = Array.from({ length: smoothingTaps }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)))
  const sum = taps.reduce((total, tap) => total + tap, 0)
  const weights = taps.map((tap) => tap / sum)
  const rows = convolve(g, padReflected(g, map, reach), g.floats(weights, [1, 1, 1, smoothingTaps]))
  return convolve(g, rows, g.floats(weights, [1, 1, smoothingTaps, 1]))
}

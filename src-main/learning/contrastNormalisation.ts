import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { cast, combine, matMul, poolMean, apply, reduceMean, reshape, scale, shift, squareOf, transpose } from './onnx/operators.ts'

/** The side of the squares whose means make the local brightness, in pixels. */
const neighbourhoodPx = 16
/** Contrast below this share of the whole crop's is not amplified further: noise on a plain surface stays noise. */
const contrastFloor = 0.5
const epsilon = 1e-6

/** Scales a normalised crop to the range that the filter bank's constants were chosen for. */
const outputContrast = 0.15
const luma = [0.3, 0.59, 0.11]

export interface NormalisedCrop {
  /** [1, 3, H, W]. */
  readonly colour: Value
  /** [1, 1, H, W]. */
  readonly luminance: Value
}

/**
 * Local contrast normalisation of a uint8 crop [1, H, W, 3]. With G the mean of the channels (0–1) and B the brightness around a
 * pixel, channel c becomes 0.15·(c − B(G)) / √(B((G − B(G))²) + 0.25·Var(G) + 1e-6). No constant is added: the filters ignore one,
 * and whitening takes it away again.
 */
export function normaliseContrast(g: GraphBuilder, crop: Value): NormalisedCrop {
  const [, height, width] = crop.shape as [number, number, number, number]
  const colour = scale(g, cast(g, transpose(g, crop, [0, 3, 1, 2]), 'float'), 1 / 255)
  const grey = mixChannels(g, colour, [1 / 3, 1 / 3, 1 / 3])
  const around = localMean(g, height, width)
  const brightness = around(grey)
  const contrast = around(squareOf(g, combine(g, 'Sub', grey, brightness)))
  const variance = reduceMean(g, squareOf(g, combine(g, 'Sub', grey, reduceMean(g, grey, [2, 3]))), [2, 3])
  const floor = shift(g, scale(g, variance, contrastFloor ** 2), epsilon)
  const deviation = scale(g, apply(g, 'Sqrt', combine(g, 'Add', contrast, floor)), 1 / outputContrast)
  const normalised = combine(g, 'Div', combine(g, 'Sub', colour, brightness), deviation)
  return { colour: normalised, luminance: mixChannels(g, normalised, luma) }
}

function mixChannels(g: GraphBuilder, colour: Value, weights: readonly number[]): Value {
  const [, , height, width] = colour.shape as [number, number, number, number]
  const rows = reshape(g, colour, [3, height * width])
  return reshape(g, matMul(g, g.floats(weights, [1, 3]), rows), [1, 1, height, width])
}

/** B(t): means of 16×16 squares, their 3×3 means (border replicated), bilinear upsampling; the last two as one matrix per axis. */
function localMean(g: GraphBuilder, height: number, width: number): (image: Value) => Value {
  const spreadRows = g.floats(spreadMatrix(height).flat(), [height, height / neighbourhoodPx])
  const spreadColumns = transpose(g, g.floats(spreadMatrix(width).flat(), [width, width / neighbourhoodPx]), [1, 0])
  return (image) => matMul(g, matMul(g, spreadRows, poolMean(g, image, neighbourhoodPx)), spreadColumns)
}

/** [length, length / 16]: mean of three squares, then linear interpolation between the squares' centres. */
function spreadMatrix(length: number): number[][] {
  const squares = length / neighbourhoodPx
  const inside = (square: number): number => Math.min(Math.max(square, 0), squares - 1)
  return Array.from({ length }, (_, pixel) => {
    const row = new Array<number>(squares).fill(0)
    const place = Math.max((pixel + 0.5) / neighbourhoodPx - 0.5, 0)
    const first = Math.floor(place)
    for (const [square, weight] of [[first, 1 - (place - first)], [inside(first + 1), place - first]] as const)
      for (const step of [-1, 0, 1]) row[inside(square + step)]! += weight / 3
    return row
  })
}

import { cellPx } from './cellGrid.ts'
import type { NormalisedCrop } from './contrastNormalisation.ts'
import type { FeatureSetting } from './featureSetting.ts'
import { filterKernels, kernelTaps, orientations, type Kernel } from './filterKernels.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { apply, combine, concat, convolve, padReflected, poolMean, reshape, scale, slice, squareOf } from './onnx/operators.ts'

const octaves = 4
/** Edges of edges are looked at on the two finest octaves. */
const secondOrderOctaves = 2
const gain = 4
const epsilon = 1e-6
const reach = (kernelTaps - 1) / 2
const phases = 2 * orientations
const firstOrder = phases + 1
/** Runtimes work on blocks of 16 channels; filters of zeros fill the block so that nothing has to be rearranged in between. */
const channelBlock = 16

/**
 * The constructed filter bank: no trained weights. Gives responses [1, responseCount, H/8, W/8]; the bank's 254 channels are linear
 * combinations of them (`bankChannels`), so what can be had by adding is not computed twice:
 * - 3 colour means; 1 contrast: 2·√max(Var(luminance), 1e-6), each over a cell;
 * - per octave the mean of the rectified and of the plain response r of 13 filters (odd and even in 6 orientations, spot);
 * - on the two finest octaves, for edges e = √(odd² + even² + 1e-6) of each orientation at half size, filtered again: the mean of
 *   √(odd² + even² + 1e-6) (36) and of the rectified even response (36).
 * A setting may take the finest octave's filters, or those of edges, at every second place only: the means are over fewer responses.
 */
export function filterBank(g: GraphBuilder, crop: NormalisedCrop, { finestStep, edgeStep }: FilterSteps): Value {
  const weights = bankWeights(g)
  const responses = [poolMean(g, crop.colour, cellPx), contrastOf(g, crop.luminance)]
  let level = crop.luminance
  for (let octave = 0; octave < octaves; octave++) {
    const pool = cellPx >> octave
    const step = octave === 0 ? finestStep : 1
    const response = convolve(g, padReflected(g, level, reach), weights.all, { stride: step })
    for (const part of [apply(g, 'Relu', response), response]) responses.push(slice(g, meanOver(g, part, pool / step), 1, 0, firstOrder))
    if (octave < secondOrderOctaves) responses.push(...secondOrder(g, response, { halving: 2 / step, step: edgeStep, pool: pool / 2 / edgeStep }, weights))
    if (octave < octaves - 1) level = poolMean(g, level, 2)
  }
  return concat(g, responses, 1)
}

/**
 * [254][responseCount]: the bank's channels from the graph's responses. Colour: 3 means, 2·(R − G), 2·((R + G)/2 − B); contrast; per
 * octave mean max(r, 0), mean max(−r, 0) = mean max(r, 0) − mean r, then second order.
 */
export function bankChannels(): readonly Float64Array[] {
  const channels: (readonly (readonly [response: number, weight: number])[])[] = [
    [[0, 1]], [[1, 1]], [[2, 1]], [[0, 2], [1, -2]], [[0, 1], [1, 1], [2, -2]], [[3, 1]],
  ]
  let next = 4
  for (let octave = 0; octave < octaves; octave++) {
    for (let i = 0; i < firstOrder; i++) channels.push([[next + i, 1]], [[next + i, 1], [next + firstOrder + i, -1]])
    next += 2 * firstOrder
    if (octave < secondOrderOctaves) for (let i = 0; i < 2 * orientations ** 2; i++) channels.push([[next++, 1]])
  }
  return channels.map((parts) => {
    const row = new Float64Array(responseCount)
    for (const [response, weight] of parts) row[response] = weight
    return row
  })
}

export const responseCount = 4 + octaves * 2 * firstOrder + secondOrderOctaves * 2 * orientations ** 2

export type FilterSteps = Pick<FeatureSetting, 'finestStep' | 'edgeStep'>

interface BankWeights {
  /** [16, 1, 9, 9]: six odd, six even, the spot, three of zeros. */
  readonly all: Value
  /** [16, 1, 9, 9]: the same without the spot. */
  readonly oriented: Value
  /** [6, 16, 1, 1]: adds the squares of the two phases. */
  readonly addPhases: Value
  readonly epsilons: Value
}

function bankWeights(g: GraphBuilder): BankWeights {
  const { odd, even, spot } = filterKernels()
  const filters = (kernels: readonly Kernel[]): Value => {
    const weights = new Float32Array(channelBlock * kernelTaps ** 2)
    weights.set(kernels.flat().map((weight) => weight * gain))
    return g.floats(weights, [channelBlock, 1, kernelTaps, kernelTaps])
  }
  const addPhases = Array.from({ length: orientations * channelBlock }, (_, i) => {
    const [orientation, channel] = [Math.floor(i / channelBlock), i % channelBlock]
    return channel < phases && channel % orientations === orientation ? 1 : 0
  })
  return {
    all: filters([...odd, ...even, spot]),
    oriented: filters([...odd, ...even]),
    addPhases: g.floats(addPhases, [orientations, channelBlock, 1, 1]),
    epsilons: g.floats(new Array<number>(orientations).fill(epsilon), [orientations]),
  }
}

function contrastOf(g: GraphBuilder, luminance: Value): Value {
  const mean = poolMean(g, luminance, cellPx)
  const variance = combine(g, 'Sub', poolMean(g, squareOf(g, luminance), cellPx), squareOf(g, mean))
  return scale(g, apply(g, 'Sqrt', combine(g, 'Max', variance, g.floats([epsilon], [1]))), 2)
}

/** Each orientation's edges are an image of their own: a batch of six through the same filters. */
function secondOrder(g: GraphBuilder, response: Value, { halving, step, pool }: { readonly halving: number; readonly step: number; readonly pool: number }, weights: BankWeights): readonly Value[] {
  const edges = meanOver(g, amplitude(g, response, weights), halving)
  const [, , height, width] = edges.shape as [number, number, number, number]
  const images = reshape(g, edges, [orientations, 1, height, width])
  const again = convolve(g, padReflected(g, images, reach), weights.oriented, { stride: step })
  const rectified = slice(g, meanOver(g, apply(g, 'Relu', again), pool), 1, orientations, phases)
  return [meanOver(g, amplitude(g, again, weights), pool), rectified].map((x) => reshape(g, x, [1, orientations ** 2, x.shape[2]!, x.shape[3]!]))
}

const amplitude = (g: GraphBuilder, response: Value, { addPhases, epsilons }: BankWeights): Value =>
  apply(g, 'Sqrt', convolve(g, squareOf(g, response), addPhases, { bias: epsilons }))

const meanOver = (g: GraphBuilder, x: Value, side: number): Value => (side === 1 ? x : poolMean(g, x, side))

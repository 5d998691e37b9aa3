import type { Attributes, ElementType, GraphBuilder, Value } from './graphBuilder.ts'

/**
 * The ONNX operators that the models are made of, each with the shape of its result. Semantics:
 * https://onnx.ai/onnx/operators/ (opset 17). Images are [batch, channels, height, width].
 */
export type Elementwise = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Max'
export type Unary = 'Relu' | 'Sqrt'

export const combine = (g: GraphBuilder, operator: Elementwise, a: Value, b: Value): Value => one(g, operator, [a, b], broadcast(a.shape, b.shape))

export const apply = (g: GraphBuilder, operator: Unary, x: Value): Value => one(g, operator, [x], x.shape)

export const scale = (g: GraphBuilder, x: Value, factor: number): Value => combine(g, 'Mul', x, g.floats([factor], [1]))

export const shift = (g: GraphBuilder, x: Value, offset: number): Value => combine(g, 'Add', x, g.floats([offset], [1]))

export const squareOf = (g: GraphBuilder, x: Value): Value => combine(g, 'Mul', x, x)

export const cast = (g: GraphBuilder, x: Value, type: ElementType): Value =>
  one(g, 'Cast', [x], x.shape, { to: type === 'float' ? 1 : type === 'uint8' ? 2 : 7 }, type)

export const reshape = (g: GraphBuilder, x: Value, shape: readonly number[]): Value => one(g, 'Reshape', [x, g.integers(shape)], shape, {}, x.type)

export const transpose = (g: GraphBuilder, x: Value, order: readonly number[]): Value =>
  one(g, 'Transpose', [x], order.map((axis) => x.shape[axis]!), { perm: order }, x.type)

export const concat = (g: GraphBuilder, parts: readonly Value[], axis: number): Value =>
  one(g, 'Concat', parts, replaced(parts[0]!.shape, axis, parts.reduce((sum, part) => sum + part.shape[axis]!, 0)), { axis })

export const slice = (g: GraphBuilder, x: Value, axis: number, from: number, to: number): Value =>
  one(g, 'Slice', [x, g.integers([from]), g.integers([to]), g.integers([axis])], replaced(x.shape, axis, to - from), {}, x.type)

export const gather = (g: GraphBuilder, x: Value, places: Value): Value => one(g, 'Gather', [x, places], places.shape, { axis: 0 }, x.type)

/** Whole rows of a matrix. */
export const gatherRows = (g: GraphBuilder, matrix: Value, rows: Value): Value => one(g, 'Gather', [matrix, rows], [rows.shape[0]!, matrix.shape[1]!], { axis: 0 })

/** Of each row of a matrix; the last axis goes. */
export const leastOf = (g: GraphBuilder, matrix: Value): Value => one(g, 'ReduceMin', [matrix], [matrix.shape[0]!], { axes: [1], keepdims: 0 })

export const sumOf = (g: GraphBuilder, matrix: Value): Value => one(g, 'ReduceSum', [matrix, g.integers([1])], [matrix.shape[0]!], { keepdims: 0 })

/** int64: where each row of a matrix is least; the first of several. */
export const placeOfLeast = (g: GraphBuilder, matrix: Value): Value => one(g, 'ArgMin', [matrix], [matrix.shape[0]!], { axis: 1, keepdims: 0 }, 'int64')

/** Mean over `axes`, which are kept with length 1. */
export const reduceMean = (g: GraphBuilder, x: Value, axes: readonly number[]): Value =>
  one(g, 'ReduceMean', [x], x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side)), { axes, keepdims: 1 })

/** Euclidean length over the last axis, which goes. */
export const lengthOf = (g: GraphBuilder, x: Value): Value => one(g, 'ReduceL2', [x], x.shape.slice(0, -1), { axes: [x.shape.length - 1], keepdims: 0 })

export const matMul = (g: GraphBuilder, a: Value, b: Value): Value =>
  one(g, 'MatMul', [a, b], [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), a.shape.at(-2)!, b.shape.at(-1)!])

/** Cross-correlation without padding; weights are [outputs, inputs, height, width]. */
export function convolve(g: GraphBuilder, x: Value, weights: Value, options: { bias?: Value; stride?: number } = {}): Value {
  const { bias, stride = 1 } = options
  const [batch, , height, width] = x.shape as [number, number, number, number]
  const [outputs, , tapsY, tapsX] = weights.shape as [number, number, number, number]
  const shape = [batch, outputs, Math.floor((height - tapsY) / stride) + 1, Math.floor((width - tapsX) / stride) + 1]
  return one(g, 'Conv', bias ? [x, weights, bias] : [x, weights], shape, { kernel_shape: [tapsY, tapsX], strides: [stride, stride] })
}

/** Mean of squares of `size` pixels that do not overlap. */
export const poolMean = (g: GraphBuilder, x: Value, size: number): Value =>
  one(g, 'AveragePool', [x], [x.shape[0]!, x.shape[1]!, x.shape[2]! / size, x.shape[3]! / size], { kernel_shape: [size, size], strides: [size, size] })

/** Mean of the 3×3 neighbourhood; at the border of those neighbours that exist. */
export const boxMean = (g: GraphBuilder, x: Value): Value =>
  one(g, 'AveragePool', [x], x.shape, { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], count_include_pad: 0 })

/** Mirrors the image at its border without repeating the border itself. */
export const padReflected = (g: GraphBuilder, x: Value, width: number): Value =>
  one(g, 'Pad', [x, g.integers([0, 0, width, width, 0, 0, width, width])], [x.shape[0]!, x.shape[1]!, x.shape[2]! + 2 * width, x.shape[3]! + 2 * width], { mode: 'reflect' })

/** The `count` largest of a vector, largest first, and where they are. */
export function largest(g: GraphBuilder, vector: Value, count: number): { readonly values: Value; readonly places: Value } {
  const outputs = [{ type: 'float', shape: [count] }, { type: 'int64', shape: [count] }] as const
  const [values, places] = g.node('TopK', [vector, g.integers([count])], outputs, { axis: 0, largest: 1, sorted: 1 })
  return { values: values!, places: places! }
}

const one = (g: GraphBuilder, operator: string, inputs: readonly Value[], shape: readonly number[], attributes: Attributes = {}, type: ElementType = 'float'): Value =>
  g.node(operator, inputs, [{ type, shape }], attributes)[0]!

const replaced = (shape: readonly number[], axis: number, side: number): readonly number[] => shape.map((s, i) => (i === axis ? side : s))

function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const sideA = a[a.length - rank + i] ?? 1
    const sideB = b[b.length - rank + i] ?? 1
    if (sideA !== sideB && sideA !== 1 && sideB !== 1) throw new Error(`[${a.join(', ')}] does not broadcast with [${b.join(', ')}]`)
    return Math.max(sideA, sideB)
  })
}

import { createHash } from 'node:crypto'
import type { Crop } from '../../src-main/domain/frame.ts'
import type { Sha256 } from '../../src-main/domain/ids.ts'
import { GraphBuilder, type Attributes, type Value } from '../../src-main/learning/onnx/graphBuilder.ts'

export interface SmallModelOptions {
  readonly side?: number
  /** A heatmap cell is the mean of cell × cell pixels; the side is a multiple of it. */
  readonly cell?: number
  /** Divides the heat by itself first: a black crop gives NaN. */
  readonly isFragile?: boolean
  /** Matrix products in the way of the score; 60 take about a second. */
  readonly products?: number
  readonly leaveOut?: 'score' | 'nearest'
  readonly inputType?: 'uint8' | 'float'
}

/**
 * A sealed model small enough to check by hand: heatmap [side / cell, side / cell] = mean of R, G and B, score = its maximum, embedding = mean of
 * each channel, nearest = the hottest cell.
 */
export function smallModel({ side = 8, cell = 1, isFragile = false, products = 0, leaveOut, inputType = 'uint8' }: SmallModelOptions = {}): Uint8Array {
  const graph = new GraphBuilder('small')
  const crop = graph.input('crop', inputType, [side, side, 3])
  const floats = floatNode(graph, 'Cast', [crop], crop.shape, { to: 1 })
  const heatSource = isFragile ? floatNode(graph, 'Mul', [floats, floatNode(graph, 'Div', [floats, floats], crop.shape)], crop.shape) : floats
  const map = side / cell
  const cells = floatNode(graph, 'Reshape', [heatSource, graph.integers([map, cell, map, cell * 3])], [map, cell, map, cell * 3])
  const heatmap = floatNode(graph, 'ReduceMean', [cells], [map, map], { axes: [1, 3], keepdims: 0 })
  const flat = floatNode(graph, 'Reshape', [heatmap, graph.integers([map * map])], [map * map])
  const [hottest, place] = graph.node('TopK', [products > 0 ? delayed(graph, flat, products) : flat, graph.integers([1])], [{ type: 'float', shape: [1] }, { type: 'int64', shape: [1] }], { axis: 0 })
  graph.output('heatmap', heatmap)
  graph.output('embedding', floatNode(graph, 'ReduceMean', [floats], [3], { axes: [0, 1], keepdims: 0 }))
  if (leaveOut !== 'score') graph.output('score', hottest!)
  if (leaveOut !== 'nearest') graph.output('nearest', place!)
  return graph.build()
}

/** Adds nothing, after `count` matrix products that depend on the crop and so cannot be folded away. */
function delayed(graph: GraphBuilder, flat: Value, count: number): Value {
  const shape = [768, 768]
  const tiny = floatNode(graph, 'Mul', [floatNode(graph, 'ReduceMax', [flat], [1], { axes: [0] }), graph.floats([1e-9], [1])], [1])
  let matrix = floatNode(graph, 'Add', [graph.floats(new Float32Array(768 * 768), shape), tiny], shape)
  for (let i = 0; i < count; i++) matrix = floatNode(graph, 'MatMul', [matrix, matrix], shape)
  const rest = floatNode(graph, 'ReduceMin', [matrix], [], { axes: [0, 1], keepdims: 0 })
  return floatNode(graph, 'Add', [flat, rest], flat.shape)
}

const floatNode = (graph: GraphBuilder, operator: string, inputs: readonly Value[], shape: readonly number[], attributes: Attributes = {}): Value =>
  graph.node(operator, inputs, [{ type: 'float', shape }], attributes)[0]!

export const hashOf = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256

/** A square crop, black but for one pixel. */
export function cropWith(model: Sha256, side: number, at: { x: number; y: number; rgb: readonly [number, number, number] }): Crop {
  const data = new Uint8Array(side * side * 3)
  data.set(at.rgb, (at.y * side + at.x) * 3)
  return { regionId: 'r1', model, widthPx: side, heightPx: side, data }
}

/** The same model with a weight that lies in another file: protobuf messages laid end to end are merged. */
export function withExternalData(model: Uint8Array): Uint8Array {
  const tensor = [0x42, 0x01, 0x77, 0x70, 0x01] // name "w", data_location EXTERNAL
  const graph = [0x2a, tensor.length, ...tensor]
  return Uint8Array.from([...model, 0x3a, graph.length, ...graph])
}

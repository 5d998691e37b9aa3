import { blockOrder, cellsPerBlock } from '../../learning/cellGrid.ts'
import { decodeFile, encodeFile, type ForeignValue } from '../../learning/importing/onnxFile.ts'
import type { PatchShape } from '../../ports/patches.ts'

export interface PatchGraph extends PatchShape {
  readonly bytes: Uint8Array
  readonly inputShape: readonly number[]
  /** Name of the only output, float32 [cells / 4, 4, length] in block order. */
  readonly output: string
}

/**
 * A sealed model cut off where its patches are as it measures them: the last value of the shape [blocks, 4, length] in the order of its
 * nodes, whitened and in the units of their places. Undefined for a model without one: it came trained from somewhere else.
 */
export function cutPatchGraph(model: Uint8Array): PatchGraph | undefined {
  const file = decodeFile(model)
  const { graph } = file
  const [height, width] = shapeOf(graph.output.find(({ name }) => name === 'heatmap')).slice(-2)
  const blocks = (width! * height!) / cellsPerBlock
  const patches = graph.value_info.findLast((value) => {
    const [first, second, third, ...more] = shapeOf(value)
    return first === blocks && second === cellsPerBlock && third! > 1 && more.length === 0
  })
  if (!patches) return undefined
  graph.output = [patches]
  return { bytes: encodeFile(file), inputShape: shapeOf(graph.input[0]), output: patches.name, width: width!, height: height!, length: shapeOf(patches)[2]! }
}

/** Patches from block order to the order of the map, row by row. */
export function layInRows(patches: Float32Array, { width, height, length }: PatchShape): Float32Array {
  const rows = new Float32Array(patches.length)
  for (const [place, cell] of blockOrder({ width, height, isVisible: [] }).entries()) rows.set(patches.subarray(place * length, (place + 1) * length), cell * length)
  return rows
}

const shapeOf = (value: ForeignValue | undefined): number[] => value?.type?.tensor_type?.shape?.dim.map(({ dim_value }) => Number(dim_value ?? 0)) ?? []

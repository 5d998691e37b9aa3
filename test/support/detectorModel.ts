import { GraphBuilder, type Value } from '../../src-main/learning/onnx/graphBuilder.ts'

export interface KnownOutput {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
  readonly type?: 'int64'
}

/** A detector that "finds" the same for every picture: its outputs are constants, to which nought times the picture is added. */
export function detectorModel(widthPx: number, heightPx: number, outputs: readonly KnownOutput[], options: { readonly metadata?: Readonly<Record<string, string>>; readonly asksForSize?: boolean } = {}): Uint8Array {
  const g = new GraphBuilder('detector')
  const images = g.input('images', 'float', [1, 3, heightPx, widthPx])
  if (options.asksForSize) g.input('orig_target_sizes', 'int64', [1, 2])
  const mean = node(g, 'ReduceMean', [images], [1], { axes: [0, 1, 2, 3], keepdims: 0 })
  const nought = node(g, 'Mul', [mean, g.floats([0], [1])], [1])
  for (const { name, shape, data, type } of outputs) {
    const constant = node(g, 'Add', [g.floats(data, shape), nought], shape)
    g.output(name, type ? g.node('Cast', [constant], [{ type, shape }], { to: 7 })[0]! : constant)
  }
  return g.build(options.metadata)
}

const node = (g: GraphBuilder, operator: string, inputs: readonly Value[], shape: readonly number[], attributes: Parameters<GraphBuilder['node']>[3] = {}): Value =>
  g.node(operator, inputs, [{ type: 'float', shape }], attributes)[0]!

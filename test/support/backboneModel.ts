import { GraphBuilder, type Value } from '../../src-main/learning/onnx/graphBuilder.ts'
import { decodeFile, encodeFile, type OnnxFile } from '../../src-main/learning/importing/onnxFile.ts'

export type BackboneLayout = 'channelsFirst' | 'channelsLast' | 'tokens'

const side = 64
const channels = 24
const stride = 8

/** A network nobody has trained: random filters of 8×8 px, rectified. `tokens` come with a class token before them, as ViT's do. */
export function backboneModel(layout: BackboneLayout, { gain = 1 }: { readonly gain?: number } = {}): Uint8Array {
  const g = new GraphBuilder('backbone')
  const image = g.input('image', 'float', [1, 3, side, side])
  const weights = Float32Array.from({ length: channels * 3 * stride * stride }, (_, i) => gain * Math.sin(i * i * 0.37 + i))
  const [map] = g.node('Conv', [image, g.floats(weights, [channels, 3, stride, stride])], [{ type: 'float', shape: [1, channels, side / stride, side / stride] }], { strides: [stride, stride] })
  const [features] = g.node('Relu', [map!], [map!])
  g.output('features', arranged(g, features!, layout))
  g.output('pooled', g.node('ReduceMean', [features!], [{ type: 'float', shape: [1, channels] }], { axes: [2, 3], keepdims: 0 })[0]!)
  return g.build()
}

function arranged(g: GraphBuilder, features: Value, layout: BackboneLayout): Value {
  if (layout === 'channelsFirst') return features
  const places = (side / stride) ** 2
  const last = g.node('Transpose', [features], [{ type: 'float', shape: [1, side / stride, side / stride, channels] }], { perm: [0, 2, 3, 1] })[0]!
  if (layout === 'channelsLast') return last
  const tokens = g.node('Reshape', [last, g.integers([1, places, channels])], [{ type: 'float', shape: [1, places, channels] }])[0]!
  return g.node('Concat', [g.floats(new Float32Array(channels), [1, 1, channels]), tokens], [{ type: 'float', shape: [1, places + 1, channels] }], { axis: 1 })[0]!
}

/** The same file with something changed in it. */
export function altered(bytes: Uint8Array, change: (file: OnnxFile) => void): Uint8Array {
  const file = decodeFile(bytes)
  change(file)
  return encodeFile(file)
}

/** As PyTorch writes it with dynamic axes: sides that bear names. */
export const withOpenSides = (bytes: Uint8Array): Uint8Array =>
  altered(bytes, ({ graph }) => {
    for (const { type } of [...graph.input, ...graph.output])
      for (const [i, dim] of type!.tensor_type!.shape!.dim.entries())
        if (i !== 1) {
          delete dim.dim_value
          dim.dim_param = `side${i}`
        }
  })

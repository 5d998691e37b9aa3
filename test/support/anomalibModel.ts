import { GraphBuilder, type Value } from '../../src-main/learning/onnx/graphBuilder.ts'

export interface AnomalibExport {
  readonly side: number
  readonly score?: string
  readonly map: string
  readonly label?: string
  /** Subtracts the mean and divides by the deviation itself, as exports with a pre-processor do. */
  readonly scalesByItself?: boolean
  readonly metadata?: Readonly<Record<string, string>>
}

/** An untrained export of Anomalib's form: distances of random features at stride 4, brought back to the size of the picture. */
export function anomalibModel({ side, score, map, label, scalesByItself = false, metadata }: AnomalibExport): Uint8Array {
  const g = new GraphBuilder('anomalib')
  const node = (operator: string, inputs: readonly Value[], shape: readonly number[], attributes = {}): Value => g.node(operator, inputs, [{ type: 'float', shape }], attributes)[0]!
  const image = g.input('input', 'float', [1, 3, side, side])
  const picture = scalesByItself ? node('Div', [node('Sub', [image, g.floats([0.4, 0.4, 0.4], [1, 3, 1, 1])], image.shape), g.floats([0.2, 0.2, 0.2], [1, 3, 1, 1])], image.shape) : image
  const cells = side / 4
  const weights = Float32Array.from({ length: 8 * 3 * 16 }, (_, i) => 0.1 * Math.sin(i * i + 3 * i))
  const features = node('Conv', [picture, g.floats(weights, [8, 3, 4, 4])], [1, 8, cells, cells], { strides: [4, 4] })
  const distances = node('ReduceL2', [features], [1, 1, cells, cells], { axes: [1], keepdims: 1 })
  const nothing = { name: '', type: 'float', shape: [] } as const
  const fullMap = node('Resize', [distances, nothing, nothing, g.integers([1, 1, side, side])], [1, 1, side, side], { mode: 'linear' })
  const largest = node('ReduceMax', [distances], [1], { axes: [1, 2, 3], keepdims: 0 })
  if (score) g.output(score, largest)
  g.output(map, fullMap)
  if (label) g.output(label, g.node('Cast', [largest], [{ type: 'uint8', shape: [1] }], { to: 2 })[0]!)
  return g.build(metadata)
}

import { systemClock } from '../adapters/clock/systemClock.ts'
import { onnxModel } from '../adapters/model/onnxModel.ts'
import { providerNames, type ProviderName } from '../domain/inference.ts'
import { GraphBuilder, type Attributes, type Value } from '../learning/onnx/graphBuilder.ts'
import { helperEntry } from './appPaths.ts'
import { hashOf } from './recipeFile.ts'

export interface ProviderProbe {
  readonly provider: ProviderName
  /** Of the first run on it; null where it opens no session. */
  readonly warmUpMs: number | null
  /** What onnxruntime says against it. */
  readonly trouble: string
}

/** Whether each provider really opens a session here and runs it, in a process of its own: being bundled says nothing about drivers. */
export async function probeProviders(bindingPath: string | undefined): Promise<readonly ProviderProbe[]> {
  const probes: ProviderProbe[] = []
  for (const provider of providerNames) probes.push(await probe(provider, bindingPath))
  return probes
}

async function probe(provider: ProviderName, bindingPath: string | undefined): Promise<ProviderProbe> {
  const model = onnxModel({ entry: helperEntry('inferenceProcess'), clock: systemClock(), providers: [provider], ...(bindingPath !== undefined && { bindingPath }) })
  try {
    const bytes = smallestModel()
    const loaded = await model.load(hashOf(bytes), bytes)
    return loaded.ok ? { provider, warmUpMs: loaded.value.warmUpMs, trouble: '' } : { provider, warmUpMs: null, trouble: loaded.fault.detail }
  } finally {
    await model.close()
  }
}

/** A sealed model of 8 × 8 px that scores by the mean level. */
function smallestModel(): Uint8Array {
  const side = 8
  const graph = new GraphBuilder('probe')
  const floats = float(graph, 'Cast', [graph.input('crop', 'uint8', [side, side, 3])], [side, side, 3], { to: 1 })
  const heatmap = float(graph, 'ReduceMean', [floats], [side, side], { axes: [2], keepdims: 0 })
  graph.output('heatmap', heatmap)
  graph.output('embedding', float(graph, 'ReduceMean', [floats], [3], { axes: [0, 1], keepdims: 0 }))
  const flat = float(graph, 'Reshape', [heatmap, graph.integers([side * side])], [side * side])
  const [score, nearest] = graph.node('TopK', [flat, graph.integers([1])], [{ type: 'float', shape: [1] }, { type: 'int64', shape: [1] }], { axis: 0 })
  graph.output('score', score!)
  graph.output('nearest', nearest!)
  return graph.build()
}

const float = (graph: GraphBuilder, operator: string, inputs: readonly Value[], shape: readonly number[], attributes: Attributes = {}): Value =>
  graph.node(operator, inputs, [{ type: 'float', shape }], attributes)[0]!

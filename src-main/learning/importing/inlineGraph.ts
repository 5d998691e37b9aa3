import { decodeFile, encodeFile, type ForeignGraph, type ForeignNode, type ForeignValue, type OnnxFile } from './onnxFile.ts'

/** The operator that stands in a built graph for a model that somebody brought along. */
export const placeholder = 'ImportedGraph'

/**
 * Puts `guest` where a built graph has its placeholder node: the node's inputs and outputs are, in order, the guest's `inputs` and
 * `outputs`. The guest's names get the prefix `imported/`, shapes in between are left to the runtime (the built graph's input and outputs are fixed), and the whole
 * takes on the guest's operator set, whose meaning the built graph's few operators keep.
 */
export function inlineGraph(built: Uint8Array, guest: OnnxFile, inputs: readonly string[], outputs: readonly string[]): Uint8Array {
  const host = decodeFile(built)
  const place = host.graph.node.findIndex((node) => node.op_type === placeholder)
  const stand = host.graph.node[place]
  if (!stand || stand.input.length !== inputs.length || stand.output.length !== outputs.length) throw new Error('the placeholder does not fit the model')
  const opset = opsetOf(guest)
  const graph = prefixed(guest.graph)
  const before = host.graph.node.slice(0, place).map((node) => atOpset(node, opset, host))
  const after = host.graph.node.slice(place + 1).map((node) => atOpset(node, opset, host))
  const enter = inputs.map((name, i) => identity(stand.input[i]!, prefix(name)))
  const leave = outputs.map((name, i) => identity(prefix(name), stand.output[i]!))
  return encodeFile({
    ...host,
    ir_version: Math.max(Number(host.ir_version), Number(guest.ir_version)),
    opset_import: [...guest.opset_import],
    functions: [...guest.functions],
    graph: {
      ...host.graph,
      node: [...before, ...enter, ...graph.node, ...leave, ...after],
      initializer: [...host.graph.initializer, ...graph.initializer],
      sparse_initializer: graph.sparse_initializer,
      value_info: [],
    },
  })
}

/** Version of the default operator set. */
export const opsetOf = (file: OnnxFile): number => Number(file.opset_import.find(({ domain }) => isDefaultDomain(domain))?.version ?? 1)

export const isDefaultDomain = (domain: string | undefined): boolean => domain === undefined || domain === '' || domain === 'ai.onnx'

/** A name that is left out (an optional input) stays left out. */
const prefix = (name: string): string => (name === '' ? '' : `imported/${name}`)

const identity = (from: string, to: string): ForeignNode => ({ op_type: 'Identity', name: `enter/${to}`, input: [from], output: [to], attribute: [] })

/** Also in the bodies of loops and branches, which may name values of the graph around them. */
function prefixed(graph: ForeignGraph): ForeignGraph {
  const named = <T extends { name: string }>(one: T): T => ({ ...one, name: prefix(one.name) })
  const value = (one: ForeignValue): ForeignValue => named(one)
  return {
    ...graph,
    initializer: graph.initializer.map(named),
    sparse_initializer: graph.sparse_initializer.map((sparse) => ({ ...sparse, values: named(sparse.values) })),
    input: graph.input.map(value),
    output: graph.output.map(value),
    value_info: [],
    node: graph.node.map((node) => ({
      ...node,
      name: prefix(node.name ?? ''),
      input: node.input.map(prefix),
      output: node.output.map(prefix),
      attribute: node.attribute.map((attribute) => ({
        ...attribute,
        ...(attribute.g && { g: prefixed(attribute.g) }),
        ...(attribute.graphs?.length && { graphs: attribute.graphs.map(prefixed) }),
      })),
    })),
  }
}

/** From operator set 18 on reductions take their axes as an input; everything else that is built here reads the same from 11 on. */
function atOpset(node: ForeignNode, opset: number, host: OnnxFile): ForeignNode {
  const axes = node.attribute.find(({ name }) => name === 'axes')
  if (opset < 18 || !node.op_type.startsWith('Reduce') || !axes) return node
  const values = BigInt64Array.from(axes.ints ?? [], (axis) => BigInt(Number(axis)))
  const name = `${node.output[0]}/axes`
  const initializer = { name, data_type: 7, dims: [values.length], raw_data: new Uint8Array(values.buffer) }
  host.graph.initializer.push(initializer)
  return { ...node, input: [...node.input, name], attribute: node.attribute.filter((attribute) => attribute !== axes) }
}

import { encodeModel, type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValueInfo } from './onnxMessages.ts'

/** TensorProto.DataType. */
const elementCodes = { float: 1, uint8: 2, int64: 7 } as const
export type ElementType = keyof typeof elementCodes

/** A tensor in a graph under construction. Every dimension is fixed: one engine file, no surprises at run time. */
export interface Value {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
}

export type Attributes = Readonly<Record<string, number | string | readonly number[] | { readonly float: number }>>

/**
 * An ONNX graph (IR 8, opset 17) written node by node. Names are the operator's with a running number, so the bytes depend on
 * nothing but the calls.
 */
export class GraphBuilder {
  readonly #name: string
  readonly #nodes: OnnxNode[] = []
  readonly #initialisers: OnnxTensor[] = []
  readonly #inputs: OnnxValueInfo[] = []
  readonly #outputs: OnnxValueInfo[] = []
  readonly #between: OnnxValueInfo[] = []

  constructor(name: string) {
    this.#name = name
  }

  input(name: string, type: ElementType, shape: readonly number[]): Value {
    const value = { name, type, shape }
    this.#inputs.push(valueInfoOf(value))
    return value
  }

  floats(data: ArrayLike<number>, shape: readonly number[]): Value {
    return this.#initialiser('float', Float32Array.from(data), shape)
  }

  integers(data: readonly number[]): Value {
    return this.#initialiser('int64', BigInt64Array.from(data, BigInt), [data.length])
  }

  /** One node and its outputs, each with its type and shape. */
  node(operator: string, inputs: readonly Value[], outputs: readonly Omit<Value, 'name'>[], attributes: Attributes = {}): readonly Value[] {
    const values = outputs.map((output, i) => ({ ...output, name: `${operator}${this.#nodes.length}${i === 0 ? '' : `_${i}`}` }))
    this.#between.push(...values.map(valueInfoOf))
    this.#addNode(operator, inputs, values, attributes)
    return values
  }

  output(name: string, value: Value): void {
    const named = { ...value, name }
    this.#outputs.push(valueInfoOf(named))
    this.#addNode('Identity', [value], [named], {})
  }

  /** The finished file. `metadata` is kept in the order given. */
  build(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    return encodeModel({
      ir_version: 8,
      producer_name: 'stationmaster',
      opset_import: [{ domain: '', version: 17 }],
      graph: {
        name: this.#name,
        node: this.#nodes,
        initializer: this.#initialisers,
        input: this.#inputs,
        output: this.#outputs,
        value_info: this.#between,
      },
      metadata_props: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    })
  }

  #initialiser(type: ElementType, data: Float32Array | BigInt64Array, shape: readonly number[]): Value {
    if (data.length !== shape.reduce((product, side) => product * side, 1)) throw new Error(`${data.length} numbers do not fill [${shape.join(', ')}]`)
    const name = `constant${this.#initialisers.length}`
    this.#initialisers.push({ name, data_type: elementCodes[type], dims: shape, raw_data: new Uint8Array(data.buffer) })
    return { name, type, shape }
  }

  #addNode(operator: string, inputs: readonly Value[], outputs: readonly Value[], attributes: Attributes): void {
    this.#nodes.push({
      op_type: operator,
      name: `node${this.#nodes.length}`,
      input: inputs.map((value) => value.name),
      output: outputs.map((value) => value.name),
      attribute: Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
    })
  }
}

function attributeOf(name: string, value: Attributes[string]): OnnxAttribute {
  if (typeof value === 'number') return { name, type: 2, i: value }
  if (typeof value === 'string') return { name, type: 3, s: Uint8Array.from(value, (letter) => letter.charCodeAt(0)) }
  if ('float' in value) return { name, type: 1, f: value.float }
  return { name, type: 7, ints: value }
}

const valueInfoOf = ({ name, type, shape }: Value): OnnxValueInfo => ({
  name,
  type: { tensor_type: { elem_type: elementCodes[type], shape: { dim: shape.map((side) => ({ dim_value: side })) } } },
})

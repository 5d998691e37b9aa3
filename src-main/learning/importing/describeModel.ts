import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { isDefaultDomain, opsetOf } from './inlineGraph.ts'
import { decodeFile, type ForeignGraph, type ForeignValue, type OnnxFile } from './onnxFile.ts'

/** One input or output of a model that somebody brought along. */
export interface ForeignTensor {
  readonly name: string
  /** TensorProto.DataType: 1 is float32, 7 int64. */
  readonly elementType: number
  /** A side that the file leaves open is undefined. */
  readonly shape: readonly (number | undefined)[]
}

export interface ForeignModel {
  readonly file: OnnxFile
  readonly inputs: readonly ForeignTensor[]
  readonly outputs: readonly ForeignTensor[]
  readonly metadata: Readonly<Record<string, string>>
}

/** Older operator sets give some of the operators around the model another meaning. */
const oldestOpset = 11
const float32 = 1
const elementNames: Readonly<Record<number, string>> = { 1: 'float32', 2: 'uint8', 3: 'int8', 6: 'int32', 7: 'int64', 9: 'bool', 10: 'float16', 11: 'float64', 16: 'bfloat16' }
/** Domains whose operators every build of onnxruntime has. */
const knownDomains = ['ai.onnx.ml', 'com.microsoft']

/**
 * Reads what an ONNX file says about itself. Faults: model/invalid for what is no ONNX, an operator set that is too old, or an operator of
 * a plugin; `name` is the file's name, for the message.
 */
export function describeModel(bytes: Uint8Array, name: string): Result<ForeignModel> {
  const refuse = (why: string): Result<never> => fail(fault('model/invalid', `${name}: ${why}`))
  let file: OnnxFile
  try {
    file = decodeFile(bytes)
  } catch (error) {
    return refuse(`this is not an ONNX model (${error instanceof Error ? error.message : String(error)}). Give the .onnx file that the export wrote.`)
  }
  if (opsetOf(file) < oldestOpset) return refuse(`it uses operator set ${opsetOf(file)}. Export it again with opset_version=17; 11 is the oldest that can be taken in.`)
  const foreign = foreignOperator(file.graph, new Set([...knownDomains, ...file.functions.map(({ domain }) => domain)]))
  if (foreign) return refuse(`the operator ${foreign} belongs to a plugin that is not here. Export it again without that plugin (for TensorRT's NMS: without NMS).`)
  const constants = new Set(file.graph.initializer.map((tensor) => tensor.name))
  return succeed({
    file,
    inputs: file.graph.input.filter((input) => !constants.has(input.name)).map(tensorOf),
    outputs: file.graph.output.map(tensorOf),
    metadata: Object.fromEntries(file.metadata_props.map(({ key, value }) => [key, value])),
  })
}

export const describeTensor = ({ name, elementType, shape }: ForeignTensor): string =>
  `${name}: ${elementNames[elementType] ?? `type ${elementType}`} [${shape.map((side) => side ?? '?').join(', ')}]`

export interface ImageInput {
  readonly name: string
  /** Undefined where the file takes any size. */
  readonly widthPx: number | undefined
  readonly heightPx: number | undefined
}

/** The input that takes the picture: float32 [1 or open, 3, height, width]. Faults: model/invalid. */
export function imageInputOf({ inputs }: ForeignModel, name: string): Result<ImageInput> {
  const refuse = (why: string): Result<never> => fail(fault('model/invalid', `${name}: ${why} Its inputs are ${inputs.map(describeTensor).join('; ') || 'none'}.`))
  const image = inputs.find(({ shape }) => shape.length === 4)
  if (!image) return refuse('no input takes a picture [1, 3, height, width].')
  if (image.elementType !== float32) return refuse('its picture must be float32. Export it again in single precision (without half=True or quantised input).')
  const [batch, channels, heightPx, widthPx] = image.shape
  if (channels !== undefined && channels !== 3) return refuse('its picture must have 3 channels first, [1, 3, height, width].')
  if (batch !== undefined && batch !== 1) return refuse(`its batch is fixed at ${batch}. Export it again with a batch of 1 or an open one.`)
  return succeed({ name: image.name, widthPx, heightPx })
}

function tensorOf({ name, type }: ForeignValue): ForeignTensor {
  const tensor = type?.tensor_type
  const shape = (tensor?.shape?.dim ?? []).map(({ dim_value: side }) => (side === undefined || Number(side) <= 0 ? undefined : Number(side)))
  return { name, elementType: tensor?.elem_type ?? 0, shape }
}

/** The first operator of a domain that is not known, also inside loops and branches. */
function foreignOperator(graph: ForeignGraph, known: ReadonlySet<string | undefined>): string | undefined {
  for (const { op_type: operator, domain, attribute } of graph.node) {
    if (!isDefaultDomain(domain) && !known.has(domain)) return `${domain}.${operator}`
    for (const { g, graphs } of attribute)
      for (const body of [...(g ? [g] : []), ...(graphs ?? [])]) {
        const found = foreignOperator(body, known)
        if (found) return found
      }
  }
  return undefined
}

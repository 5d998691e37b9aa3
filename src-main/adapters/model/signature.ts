import type { InferenceSession } from 'onnxruntime-node'
import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'

/** The inputs and outputs of a sealed model, all of fixed shape. */
export interface Signature {
  readonly inputName: string
  readonly inputShape: readonly number[]
  readonly widthPx: number
  readonly heightPx: number
  readonly mapWidth: number
  readonly mapHeight: number
}

/**
 * Sealed models have one input, uint8 [heightPx, widthPx, 3], and the outputs float32 `score` of one number ([] or [1]), float32 `heatmap`
 * [mapHeight, mapWidth], float32 `embedding` and int64 `nearest`; leading dimensions of 1 are allowed everywhere. Else model/invalid.
 */
export function readSignature(session: InferenceSession): Result<Signature> {
  const [input, ...more] = session.inputMetadata
  if (!input || more.length > 0) return refuseSignature(`one input, not ${session.inputNames.length}`)
  const crop = fixedShape(input, 'uint8', 3)
  if (crop?.[2] !== 3) return refuseSignature(`an input uint8 [height, width, 3], not ${describe(input)}`)
  const outputs = new Map(session.outputMetadata.map((output) => [output.name, output]))
  const shapes = new Map<string, readonly number[]>()
  for (const { name, type, rank } of sealedOutputs) {
    const output = outputs.get(name)
    const shape = output && fixedShape(output, type, rank)
    if (!shape) return refuseSignature(`an output ${name}, ${type}, of ${rank} fixed dimensions, not ${output ? describe(output) : session.outputNames.join(', ')}`)
    shapes.set(name, shape)
  }
  const [mapHeight, mapWidth] = shapes.get('heatmap') as [number, number]
  const inputShape = (input as InferenceSession.TensorValueMetadata).shape as readonly number[]
  return succeed({ inputName: input.name, inputShape, heightPx: crop[0]!, widthPx: crop[1]!, mapHeight, mapWidth })
}

const sealedOutputs = [
  { name: 'score', type: 'float32', rank: 0 },
  { name: 'heatmap', type: 'float32', rank: 2 },
  { name: 'embedding', type: 'float32', rank: 1 },
  { name: 'nearest', type: 'int64', rank: 1 },
] as const

/** The last `rank` dimensions, or undefined when the type differs, one of them is open, or those before them are not all 1. */
export function fixedShape(value: InferenceSession.ValueMetadata, type: string, rank: number): readonly number[] | undefined {
  if (!value.isTensor || value.type !== type) return undefined
  const leading = value.shape.length - rank
  if (leading < 0 || !value.shape.every((side, i) => typeof side === 'number' && (i >= leading || side === 1))) return undefined
  return (value.shape as readonly number[]).slice(leading)
}

const describe = (value: InferenceSession.ValueMetadata): string => (value.isTensor ? `${value.name}: ${value.type} [${value.shape.join(', ')}]` : value.name)

export const refuseSignature = (wanted: string): Result<never> => fail(fault('model/invalid', `a sealed model has ${wanted}`))

import { Tensor, type InferenceSession } from 'onnxruntime-node'
import { fault } from '../../domain/fault.ts'
import type { Crop } from '../../domain/frame.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { RawDetections } from '../../domain/verdict.ts'
import type { LoadedModel } from '../../ports/model.ts'
import { fixedShape, refuseSignature } from './signature.ts'

/** One sealed detector, open and warm. Lives in the inference process only. */
export interface DetectorSession {
  readonly model: LoadedModel
  /** Faults: model/invalid, also for NaN and infinity in any output. */
  detect(crop: Crop): Promise<Result<RawDetections>>
  release(): Promise<void>
}

/** What tells a sealed detector from a sealed anomaly model. */
export const isDetector = (session: InferenceSession): boolean => session.outputNames.includes('boxes')

/** Inputs and outputs are those of `sealDetector`. Faults: model/invalid. */
export async function openDetector(session: InferenceSession, served: Pick<LoadedModel, 'sha256' | 'provider' | 'passedOver'>): Promise<Result<DetectorSession>> {
  const size = readSize(session)
  if (!size.ok) return size
  const { widthPx, heightPx } = size.value
  const detect = (crop: Crop): Promise<Result<RawDetections>> => detectIn(session, size.value, served.provider, crop)
  const grey: Crop = { regionId: 'warm-up', model: served.sha256, widthPx, heightPx, data: new Uint8Array(widthPx * heightPx * 3).fill(128) }
  const first = await detect(grey)
  if (!first.ok) return first
  const model = { ...served, inputWidthPx: widthPx, inputHeightPx: heightPx, mapWidth: 0, mapHeight: 0, warmUpMs: first.value.modelMs }
  return succeed({ model, detect, release: () => session.release() })
}

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

function readSize(session: InferenceSession): Result<Size> {
  const [input, ...more] = session.inputMetadata
  const crop = input && fixedShape(input, 'uint8', 3)
  if (crop?.[2] !== 3 || more.length > 0) return refuseSignature('one input uint8 [height, width, 3]')
  for (const [name, type, rank] of [['boxes', 'float32', 2], ['confidences', 'float32', 1], ['labels', 'int64', 1]] as const) {
    const output = session.outputMetadata.find((one) => one.name === name)
    if (!output || !fixedShape(output, type, rank)) return refuseSignature(`an output ${name}, ${type}, of ${rank} fixed dimensions, if it is a detector`)
  }
  return succeed({ heightPx: crop[0]!, widthPx: crop[1]! })
}

async function detectIn(session: InferenceSession, { widthPx, heightPx }: Size, provider: string, crop: Crop): Promise<Result<RawDetections>> {
  if (crop.widthPx !== widthPx || crop.heightPx !== heightPx)
    return fail(fault('model/invalid', `the crop is ${crop.widthPx}×${crop.heightPx} px, the detector takes ${widthPx}×${heightPx} px`))
  try {
    const startedMs = performance.now()
    const outputs = await session.run({ [session.inputNames[0]!]: new Tensor('uint8', crop.data, [1, heightPx, widthPx, 3]) }, ['boxes', 'confidences', 'labels'])
    const modelMs = performance.now() - startedMs
    const boxes = outputs['boxes']!.data as Float32Array
    const confidences = outputs['confidences']!.data as Float32Array
    if (!boxes.every(Number.isFinite) || !confidences.every(Number.isFinite)) return fail(fault('model/invalid', 'the detector gave numbers that are none'))
    const labels = Array.from(outputs['labels']!.data as BigInt64Array, Number)
    return succeed({ regionId: crop.regionId as RawDetections['regionId'], model: crop.model, boxes, confidences, labels, provider, modelMs })
  } catch (error) {
    return fail(fault('model/invalid', `the detector cannot be run: ${error instanceof Error ? error.message : String(error)}`))
  }
}

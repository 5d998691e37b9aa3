import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { PictureSize } from './featureOutputs.ts'

/** An output of an exported anomaly model, as a real picture gave it. */
export interface AnomalyOutput {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
}

/** Anomalib's exports (PatchCore, PaDiM, EfficientAD, FastFlow, …): a score, a map, or both; labels and masks are verdicts, which the recipe gives. */
export interface AnomalyOutputs {
  /** Undefined where the export has a map only: Anomalib's score is then the map's largest value. */
  readonly score: AnomalyOutput | undefined
  readonly map: AnomalyOutput
  readonly mapWidth: number
  readonly mapHeight: number
  /** Exports from Anomalib 2 on carry their threshold inside, and put it at 0.5. */
  readonly isNormalised: boolean
}

/** Names are those of Anomalib 0.7 to 2; where an export has others, the shapes tell. Faults: model/invalid with what was found. */
export function tellAnomalyOutputs(outputs: readonly AnomalyOutput[], picture: PictureSize, file: string): Result<AnomalyOutputs> {
  const floats = outputs.filter(({ type }) => type === 'float32')
  const maps = floats.filter(({ shape }) => sidesOf(shape, picture) !== undefined)
  const map = maps.find(({ name }) => /map/i.test(name)) ?? (maps.length === 1 ? maps[0] : undefined)
  if (!map) {
    const found = outputs.map(({ name, type, shape }) => `${name}: ${type} [${shape.join(', ')}]`).join('; ')
    return fail(fault('model/invalid', `${file}: an anomaly map [1, 1, height, width] is needed, and its outputs are ${found}. Export it with anomalib's ExportType.ONNX.`))
  }
  const scores = floats.filter(({ shape }) => shape.every((side) => side === 1))
  const score = scores.find(({ name }) => /score/i.test(name)) ?? (scores.length === 1 ? scores[0] : undefined)
  const [mapHeight, mapWidth] = sidesOf(map.shape, picture)!
  return succeed({ score, map, mapWidth, mapHeight, isNormalised: outputs.some(({ name }) => name === 'pred_label') })
}

/** [1, 1, h, w] or [1, h, w] with the proportions of the picture. */
function sidesOf(shape: readonly number[], { widthPx, heightPx }: PictureSize): readonly [number, number] | undefined {
  const [height, width] = shape.slice(-2)
  const isMap = shape.length >= 3 && shape.slice(0, -2).every((side) => side === 1) && height! > 1 && width! * heightPx === height! * widthPx
  return isMap ? [height!, width!] : undefined
}

/** The threshold of the picture's score that an export's metadata states; undefined where it states none. */
export function thresholdOf(metadata: Readonly<Record<string, unknown>>): number | undefined {
  const stated = metadata['image_threshold'] ?? metadata['threshold']
  const threshold = typeof stated === 'string' && stated.trim() !== '' ? Number(stated) : stated
  return typeof threshold === 'number' && Number.isFinite(threshold) ? threshold : undefined
}

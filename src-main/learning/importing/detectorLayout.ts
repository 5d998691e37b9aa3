import { fault } from '../../domain/fault.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { PictureSize } from './featureOutputs.ts'

/** One output of a detector, as a real picture gave it. */
export interface DetectorOutput {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
  readonly data: ArrayLike<number | bigint>
}

/**
 * How a detector says what it found. Boxes are pixels of its input unless it is said otherwise.
 * - `anchors` (YOLOv8 to v12): per place a box (centre, size) and a confidence for each class.
 * - `anchorsWithObject` (YOLOv5 to v7): the same with the confidence that there is anything, which multiplies the classes'.
 * - `grid` (YOLOX): the same, boxes still in cells from the place's own corner, sizes as logarithms.
 * - `rows` (built-in NMS, YOLOv10): corners, confidence, label.
 * - `batchRows` (YOLOv7 with built-in NMS): batch, corners, label, confidence.
 * - `queries` (RT-DETR of Ultralytics): centre and size from 0 to 1, a confidence for each class.
 * - `logits` (RT-DETR and DETR of Hugging Face): the same in two outputs, confidences before the logistic function.
 * - `labelled` (RT-DETR of its authors): labels, corners and confidences in three outputs.
 */
export const detectorLayouts = ['anchors', 'anchorsWithObject', 'grid', 'rows', 'batchRows', 'queries', 'logits', 'labelled'] as const
export type DetectorLayoutName = (typeof detectorLayouts)[number]

export interface DetectorLayout {
  readonly name: DetectorLayoutName
  /** In the order that the layout names them. */
  readonly outputs: readonly DetectorOutput[]
  /** [1, values, places] instead of [1, places, values]. */
  readonly isTransposed: boolean
  readonly classCount: number | undefined
}

const strideSets = [[8, 16, 32], [8, 16, 32, 64], [4, 8, 16, 32], [16, 32]]
/** YOLOv5 and v7 have three anchors a place. */
const anchorsPerPlace = [1, 3]

/** The strides whose places make up this many rows, and how many rows each place has; undefined when none do. */
export function gridOf(rows: number, { widthPx, heightPx }: PictureSize): { readonly strides: readonly number[]; readonly perPlace: number } | undefined {
  for (const strides of strideSets)
    for (const perPlace of anchorsPerPlace)
      if (perPlace * strides.reduce((sum, stride) => sum + Math.floor(widthPx / stride) * Math.floor(heightPx / stride), 0) === rows) return { strides, perPlace }
  return undefined
}

/**
 * Tells the layout from the shapes, from the number of classes that the file names, and, where these leave it open, from the numbers that a
 * real picture gave. Faults: model/invalid with the shapes that were found.
 */
export function tellLayout(outputs: readonly DetectorOutput[], input: PictureSize, classNames: readonly string[] | undefined, file: string): Result<DetectorLayout> {
  const found = severalOutputs(outputs) ?? outputs.map((output) => oneOutput(output, input, classNames?.length)).find((layout) => layout !== undefined)
  if (found) return succeed(found)
  const shapes = outputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join('; ')
  return fail(fault('model/invalid', `${file}: its outputs (${shapes}) are not those of a detector that is known here (YOLOv5 to v12, YOLOX, RT-DETR). docs/importing.md shows how to export one.`))
}

function severalOutputs(outputs: readonly DetectorOutput[]): DetectorLayout | undefined {
  const boxes = outputs.find(({ shape, name }) => shape.length === 3 && shape[2] === 4 && /box/i.test(name))
  if (!boxes) return undefined
  const places = boxes.shape[1]
  const labels = outputs.find(({ type, shape }) => type === 'int64' && shape.length === 2 && shape[1] === places)
  const scores = outputs.find(({ type, shape }) => type === 'float32' && shape.length === 2 && shape[1] === places)
  if (labels && scores) return { name: 'labelled', outputs: [labels, boxes, scores], isTransposed: false, classCount: undefined }
  const logits = outputs.find((output) => output !== boxes && output.shape.length === 3 && output.shape[1] === places)
  return logits && { name: 'logits', outputs: [logits, boxes], isTransposed: false, classCount: logits.shape[2]! }
}

function oneOutput(output: DetectorOutput, input: PictureSize, namedClasses: number | undefined): DetectorLayout | undefined {
  const { shape, type } = output
  if (type !== 'float32') return undefined
  if (shape.length === 2) return shape[1] === 7 ? layoutOf('batchRows', output) : undefined
  const [batch, second, third] = shape
  if (batch !== 1 || second === undefined || third === undefined || shape.length !== 3) return undefined
  const isTransposed = gridOf(third, input) !== undefined && gridOf(second, input) === undefined
  const [rows, values] = isTransposed ? [third, second] : [second, third]
  const grid = gridOf(rows, input)
  if (!grid) return values === 6 && isFinal(output) ? layoutOf('rows', output) : values > 4 ? layoutOf('queries', output, { classCount: values - 4 }) : undefined
  if (values < 5) return undefined
  const hasObject = namedClasses === undefined ? grid.perPlace === 3 || !isTransposed : values === 5 + namedClasses && values !== 4 + namedClasses
  if (!hasObject) return layoutOf('anchors', output, { isTransposed, classCount: values - 4 })
  return layoutOf(isRawGrid(output, values, isTransposed, input) ? 'grid' : 'anchorsWithObject', output, { isTransposed, classCount: values - 5 })
}

const layoutOf = (name: DetectorLayoutName, output: DetectorOutput, more: Partial<Pick<DetectorLayout, 'isTransposed' | 'classCount'>> = {}): DetectorLayout =>
  ({ name, outputs: [output], isTransposed: false, classCount: undefined, ...more })

/** Rows of six are final when the last number is a label: whole, and the one before it a confidence. */
function isFinal({ data }: DetectorOutput): boolean {
  for (let row = 0; row < data.length; row += 6) {
    const [confidence, label] = [Number(data[row + 4]), Number(data[row + 5])]
    if (!Number.isInteger(label) || confidence < 0 || confidence > 1) return false
  }
  return true
}

/** Decoded centres lie all over the picture; those that are still in cells stay near nought. */
function isRawGrid({ data, shape }: DetectorOutput, values: number, isTransposed: boolean, { widthPx }: PictureSize): boolean {
  const rows = isTransposed ? shape[2]! : shape[1]!
  let furthest = 0
  for (let row = 0; row < rows; row++) furthest = Math.max(furthest, Number(isTransposed ? data[row] : data[row * values]))
  return furthest < widthPx / 4
}

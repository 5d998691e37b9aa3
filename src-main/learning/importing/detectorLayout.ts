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
 * - `grid` (YOLOX): the same, boxes still in cells from the place's own corner, sizes as logarithms; `gridDecoded` when it was exported
 *   with its boxes in pixels, which has the numbers of `anchorsWithObject` and wants another picture.
 * - `rows` (built-in NMS, YOLOv10, YOLO26): corners, confidence, label.
 * - `batchRows` (YOLOv7 with built-in NMS): batch, corners, label, confidence.
 * - `queries` (RT-DETR of Ultralytics before 8.4): centre and size from 0 to 1, a confidence for each class; `queryRows` (from 8.4 on): the
 *   same box, confidence, label.
 * - `logits` (RT-DETR and DETR of Hugging Face): the same in two outputs, confidences before the logistic function.
 * - `labelled` (RT-DETR of its authors): labels, corners and confidences in three outputs.
 */
export const detectorLayouts = ['anchors', 'anchorsWithObject', 'grid', 'gridDecoded', 'rows', 'batchRows', 'queries', 'queryRows', 'logits', 'labelled'] as const
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

export interface LayoutClues {
  /** Of the labels, where the file names them. */
  readonly classNames: readonly string[] | undefined
  /** What a person says; absent: the numbers tell. */
  readonly layout?: DetectorLayoutName
}

/**
 * Tells the layout from the shapes, from the number of classes that the file names, and, where these leave it open, from the numbers that a
 * real picture gave. Faults: model/invalid with the shapes that were found, and with the layouts that fit them when another was asked for.
 */
export function tellLayout(outputs: readonly DetectorOutput[], input: PictureSize, { classNames, layout }: LayoutClues, file: string): Result<DetectorLayout> {
  const fitting = layoutsThatFit(outputs, input)
  const shapes = outputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join('; ')
  if (fitting.length === 0)
    return fail(fault('model/invalid', `${file}: its outputs (${shapes}) are not those of a detector that is known here (YOLOv5 to v12, YOLOX, RT-DETR). docs/importing.md shows how to export one.`))
  const told = fitting.find(({ name }) => name === (layout ?? nameByNumbers(fitting, input, classNames?.length)))
  return told ? succeed(told) : fail(fault('model/invalid', `${file}: its outputs (${shapes}) cannot be read as ${layout}. With --layout they can be read as ${fitting.map(({ name }) => name).join(', ')}.`))
}

/** The largest label that the picture gave, of a layout that does not say how many there are; -1 where it found nothing. */
export function largestLabel({ name, outputs: [output] }: DetectorLayout): number {
  const values = { rows: 6, queryRows: 6, batchRows: 7 } as Readonly<Partial<Record<DetectorLayoutName, number>>>
  const [step, at] = name === 'labelled' ? [1, 0] : [values[name], 5]
  if (step === undefined) return -1
  return Array.from(output!.data, Number).reduce((most, value, i) => (i % step === at ? Math.max(most, value) : most), -1)
}

/** Everything that the shapes allow. */
function layoutsThatFit(outputs: readonly DetectorOutput[], input: PictureSize): readonly DetectorLayout[] {
  const together = severalOutputs(outputs)
  if (together) return [together]
  return outputs.map((output) => readingsOf(output, input)).find((readings) => readings.length > 0) ?? []
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

function readingsOf(output: DetectorOutput, input: PictureSize): readonly DetectorLayout[] {
  const { shape, type } = output
  const layout = (name: DetectorLayoutName, classCount?: number, isTransposed = false): DetectorLayout => ({ name, outputs: [output], isTransposed, classCount })
  if (type !== 'float32') return []
  if (shape.length === 2) return shape[1] === 7 ? [layout('batchRows')] : []
  const [batch, second, third] = shape
  if (batch !== 1 || second === undefined || third === undefined || shape.length !== 3) return []
  const isTransposed = gridOf(third, input) !== undefined && gridOf(second, input) === undefined
  const [rows, values] = isTransposed ? [third, second] : [second, third]
  const grid = gridOf(rows, input)
  if (!grid) return values < 5 ? [] : [layout('queries', values - 4), ...(values === 6 ? [layout('rows'), layout('queryRows')] : [])]
  const withObject = grid.perPlace === 1 ? (['anchorsWithObject', 'grid', 'gridDecoded'] as const) : (['anchorsWithObject'] as const)
  return values < 5 ? [] : [layout('anchors', values - 4, isTransposed), ...(values > 5 ? withObject.map((name) => layout(name, values - 5, isTransposed)) : [])]
}

function nameByNumbers(fitting: readonly DetectorLayout[], input: PictureSize, namedClasses: number | undefined): DetectorLayoutName {
  const [first] = fitting as [DetectorLayout]
  if (fitting.length === 1) return first.name
  if (first.name === 'queries') return isFinal(first.outputs[0]!) ? (isOfShares(first.outputs[0]!) ? 'queryRows' : 'rows') : 'queries'
  const isOnePerPlace = fitting.some(({ name }) => name === 'grid')
  const hasObject = namedClasses === undefined ? !isOnePerPlace || !first.isTransposed : first.classCount === namedClasses + 1
  if (!hasObject) return 'anchors'
  if (!isOnePerPlace) return 'anchorsWithObject'
  if (furthest(first, 0) < input.widthPx / 4) return 'grid'
  return isConstant(first, 4, 1) ? 'anchorsWithObject' : 'gridDecoded'
}

/** Rows of six are final when the last number is a label: whole, and the one before it a confidence. */
function isFinal({ data }: DetectorOutput): boolean {
  for (let row = 0; row < data.length; row += 6) {
    const [confidence, label] = [Number(data[row + 4]), Number(data[row + 5])]
    if (!Number.isInteger(label) || confidence < 0 || confidence > 1) return false
  }
  return true
}

/** Queries always say where they look, in shares of the picture; rows in pixels are all nought where nothing was found. */
function isOfShares({ data }: DetectorOutput): boolean {
  let largest = 0
  for (let i = 0; i < data.length; i++) if (i % 6 < 4) largest = Math.max(largest, Math.abs(Number(data[i])))
  return largest > 0 && largest < 2
}

/** Decoded centres lie all over the picture; those that are still in cells stay near nought. */
const furthest = (layout: DetectorLayout, value: number): number => valuesAt(layout, value).reduce((most, one) => Math.max(most, one), 0)

/** YOLOv6 says nothing about whether there is anything, and fills its place with ones; YOLOX measures it. */
const isConstant = (layout: DetectorLayout, value: number, constant: number): boolean => valuesAt(layout, value).every((one) => one === constant)

/** One value of every row. */
function valuesAt({ outputs, isTransposed }: DetectorLayout, value: number): readonly number[] {
  const { data, shape } = outputs[0]!
  const [, second, third] = shape as readonly [number, number, number]
  return Array.from({ length: isTransposed ? third : second }, (_, row) => Number(data[isTransposed ? value * third + row : row * third + value]))
}

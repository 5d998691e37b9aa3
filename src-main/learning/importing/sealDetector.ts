import { GraphBuilder, type Value } from '../onnx/graphBuilder.ts'
import { cast, combine, concat, gather, reshape, scale, slice, transpose } from '../onnx/operators.ts'
import { gridOf, type DetectorLayout } from './detectorLayout.ts'
import type { PictureSize } from './featureOutputs.ts'
import { inlineGraph, placeholder } from './inlineGraph.ts'
import type { OnnxFile } from './onnxFile.ts'

/** How a detector wants its picture; each family has its own. */
export interface DetectorPicture {
  readonly input: PictureSize
  /** Where the crop lies in the input: in the middle (YOLO), at the top left (YOLOX), or stretched over all of it (RT-DETR). */
  readonly fit: 'centre' | 'topLeft' | 'stretch'
  /** YOLOX takes blue first and 0–255, the others red first and 0–1. */
  readonly isBlueFirst: boolean
  readonly isTo255: boolean
}

export interface DetectorParts {
  readonly file: OnnxFile
  readonly inputName: string
  /** The input that asks for the picture's size, of the RT-DETR export of its authors. */
  readonly sizeInput: string | undefined
  readonly layout: DetectorLayout
  readonly picture: DetectorPicture
  /** The crop that fits the input at the region's own aspect ratio. */
  readonly crop: PictureSize
  readonly metadata: Readonly<Record<string, string>>
}

/** The surest boxes that leave the model; overlapping ones are still among them. */
const mostBoxes = 1000
/** Of a model that thins them out by itself. */
const mostRows = 300
/** Grey of the bars beside a letterboxed picture, as all YOLOs have it. */
const barGrey = 114

/** What the families want. */
export function pictureOfLayout({ name }: DetectorLayout, input: PictureSize): DetectorPicture {
  const isYolox = name === 'grid' || name === 'gridDecoded'
  const isDetr = name === 'queries' || name === 'queryRows' || name === 'logits' || name === 'labelled'
  return { input, fit: isYolox ? 'topLeft' : isDetr ? 'stretch' : 'centre', isBlueFirst: isYolox, isTo255: isYolox }
}

/** The size that a crop of `region` has in the input: as large as fits, or all of it when it is stretched. */
export function cropSizeFor(region: { readonly width: number; readonly height: number }, { input, fit }: DetectorPicture): PictureSize {
  if (fit === 'stretch') return input
  const factor = Math.min(input.widthPx / region.width, input.heightPx / region.height)
  return { widthPx: Math.max(1, Math.round(region.width * factor)), heightPx: Math.max(1, Math.round(region.height * factor)) }
}

/**
 * A detector as one file of one form, whatever it came from. Input `crop` uint8 [1, h, w, 3]; outputs `boxes` float [1, n, 4] (left, top,
 * right, bottom in pixels of the crop, beyond which they may reach), `confidences` float [1, n], `labels` int64 [1, n], the surest first. Letterboxing, the order of
 * colours and the layout's arithmetic are inside; overlapping boxes are not yet thinned out (`suppressOverlaps`).
 */
export function sealDetector({ file, inputName, sizeInput, layout, picture, crop, metadata }: DetectorParts): Uint8Array {
  const g = new GraphBuilder('stationmaster-detector')
  const pixels = g.input('crop', 'uint8', [1, crop.heightPx, crop.widthPx, 3])
  const place = placeOf(picture, crop)
  const { widthPx, heightPx } = picture.input
  const feeds = [pictureValue(g, pixels, picture, place), ...(sizeInput === undefined ? [] : [reshape(g, g.integers([widthPx, heightPx]), [1, 2])])]
  const answers = g.node(placeholder, feeds, layout.outputs.map(({ type, shape }) => ({ type: type === 'int64' ? 'int64' : 'float', shape }) as const))
  const { corners, confidences, labels } = surest(g, readings[layout.name](g, answers, layout, picture.input))
  const boxes = combine(g, 'Sub', corners, g.floats([place.left, place.top, place.left, place.top], [1, 4]))
  const count = confidences.shape[0]!
  g.output('boxes', reshape(g, boxes, [1, count, 4]))
  g.output('confidences', reshape(g, confidences, [1, count]))
  g.output('labels', reshape(g, labels, [1, count]))
  return inlineGraph(g.build(metadata), file, sizeInput === undefined ? [inputName] : [inputName, sizeInput], layout.outputs.map(({ name }) => name))
}

interface Place {
  readonly left: number
  readonly top: number
}

function placeOf({ fit, input }: DetectorPicture, crop: PictureSize): Place {
  if (fit !== 'centre') return { left: 0, top: 0 }
  return { left: Math.floor((input.widthPx - crop.widthPx) / 2), top: Math.floor((input.heightPx - crop.heightPx) / 2) }
}

function pictureValue(g: GraphBuilder, pixels: Value, { input, isBlueFirst, isTo255 }: DetectorPicture, { left, top }: Place): Value {
  const [, height, width] = pixels.shape as [number, number, number, number]
  const colours = cast(g, transpose(g, pixels, [0, 3, 1, 2]), 'float')
  const ordered = isBlueFirst ? g.node('Gather', [colours, g.integers([2, 1, 0])], [colours], { axis: 1 })[0]! : colours
  const [right, bottom] = [input.widthPx - width - left, input.heightPx - height - top]
  const framed = left + top + right + bottom === 0 ? ordered : bars(g, ordered, [0, 0, top, left, 0, 0, bottom, right], input)
  // Divided as the families do it: a last bit may turn what a transformer looks at.
  return isTo255 ? framed : combine(g, 'Div', framed, g.floats([255], [1]))
}

const bars = (g: GraphBuilder, x: Value, pads: readonly number[], { widthPx, heightPx }: PictureSize): Value =>
  g.node('Pad', [x, g.integers(pads), reshape(g, g.floats([barGrey], [1]), [])], [{ type: 'float', shape: [1, 3, heightPx, widthPx] }], { mode: 'constant' })[0]!

/** What every layout comes down to. */
interface Boxes {
  /** [n, 4]: left, top, right, bottom in pixels of the input. */
  readonly corners: Value
  /** [n] */
  readonly confidences: Value
  /** int64 [n] */
  readonly labels: Value
}

type Reading = (g: GraphBuilder, answers: readonly Value[], layout: DetectorLayout, input: PictureSize) => Boxes

const readings: Readonly<Record<DetectorLayout['name'], Reading>> = {
  anchors: (g, [answer], layout) => {
    const rows = rowsOf(g, answer!, layout)
    return withBestClass(g, cornersOf(g, columns(g, rows, 0, 4)), columns(g, rows, 4, rows.shape[1]!))
  },
  anchorsWithObject: pixelsWithObject,
  gridDecoded: pixelsWithObject,
  grid: (g, [answer], layout, input) => {
    const rows = rowsOf(g, answer!, layout)
    const { corners, strides } = cellsOf(rows.shape[0]!, input)
    const cell = g.floats(strides.flatMap((stride) => [stride, stride]), [strides.length, 2])
    const centres = combine(g, 'Mul', combine(g, 'Add', columns(g, rows, 0, 2), g.floats(corners.flat(), [corners.length, 2])), cell)
    const logarithms = columns(g, rows, 2, 4)
    const sizes = combine(g, 'Mul', g.node('Exp', [logarithms], [logarithms])[0]!, cell)
    return withBestClass(g, cornersOf(g, concat(g, [centres, sizes], 1)), withObject(g, rows))
  },
  rows: (g, [answer]) => {
    const rows = firstRows(g, squeezed(g, answer!))
    return { corners: columns(g, rows, 0, 4), confidences: column(g, rows, 4), labels: cast(g, column(g, rows, 5), 'int64') }
  },
  batchRows: (g, [answer]) => {
    const rows = firstRows(g, answer!)
    return { corners: columns(g, rows, 1, 5), confidences: column(g, rows, 6), labels: cast(g, column(g, rows, 5), 'int64') }
  },
  queries: (g, [answer], layout, input) => {
    const rows = rowsOf(g, answer!, layout)
    return withBestClass(g, cornersOf(g, inPixels(g, columns(g, rows, 0, 4), input)), columns(g, rows, 4, rows.shape[1]!))
  },
  queryRows: (g, [answer], layout, input) => {
    const rows = rowsOf(g, answer!, layout)
    return { corners: cornersOf(g, inPixels(g, columns(g, rows, 0, 4), input)), confidences: column(g, rows, 4), labels: cast(g, column(g, rows, 5), 'int64') }
  },
  logits: (g, [logits, boxes], layout, input) => {
    const classes = rowsOf(g, logits!, layout)
    return withBestClass(g, cornersOf(g, inPixels(g, rowsOf(g, boxes!, layout), input)), g.node('Sigmoid', [classes], [classes])[0]!)
  },
  labelled: (g, [labels, boxes, scores], layout) => ({
    corners: rowsOf(g, boxes!, layout),
    confidences: reshape(g, scores!, [scores!.shape[1]!]),
    labels: reshape(g, labels!, [labels!.shape[1]!]),
  }),
}

function pixelsWithObject(g: GraphBuilder, [answer]: readonly Value[], layout: DetectorLayout): Boxes {
  const rows = rowsOf(g, answer!, layout)
  return withBestClass(g, cornersOf(g, columns(g, rows, 0, 4)), withObject(g, rows))
}

/** [places, values]. */
function rowsOf(g: GraphBuilder, answer: Value, { isTransposed }: DetectorLayout): Value {
  const flat = reshape(g, answer, answer.shape.slice(1))
  return isTransposed ? transpose(g, flat, [1, 0]) : flat
}

/** The number of rows is not known: -1 takes what there is. */
const squeezed = (g: GraphBuilder, answer: Value): Value => g.node('Reshape', [answer, g.integers([-1, answer.shape[2]!])], [{ type: 'float', shape: answer.shape.slice(1) }])[0]!

/** Built-in NMS gives as many rows as it found; rows of nought fill them up to a number that is always the same. */
function firstRows(g: GraphBuilder, rows: Value): Value {
  const values = rows.shape[1]!
  const filled = concat(g, [rows, g.floats(new Float32Array(mostRows * values), [mostRows, values])], 0)
  return reshape(g, slice(g, filled, 0, 0, mostRows), [mostRows, values])
}

const columns = (g: GraphBuilder, rows: Value, from: number, to: number): Value => slice(g, rows, 1, from, to)

const column = (g: GraphBuilder, rows: Value, at: number): Value => reshape(g, columns(g, rows, at, at + 1), [rows.shape[0]!])

/** Centre and size → corners. */
function cornersOf(g: GraphBuilder, boxes: Value): Value {
  const half = scale(g, columns(g, boxes, 2, 4), 0.5)
  const centres = columns(g, boxes, 0, 2)
  return concat(g, [combine(g, 'Sub', centres, half), combine(g, 'Add', centres, half)], 1)
}

const inPixels = (g: GraphBuilder, boxes: Value, { widthPx, heightPx }: PictureSize): Value => combine(g, 'Mul', boxes, g.floats([widthPx, heightPx, widthPx, heightPx], [1, 4]))

const withObject = (g: GraphBuilder, rows: Value): Value => combine(g, 'Mul', columns(g, rows, 5, rows.shape[1]!), columns(g, rows, 4, 5))

function withBestClass(g: GraphBuilder, corners: Value, classes: Value): Boxes {
  const [count] = classes.shape as [number, number]
  const [best, label] = g.node('TopK', [classes, g.integers([1])], [{ type: 'float', shape: [count, 1] }, { type: 'int64', shape: [count, 1] }], { axis: 1 })
  return { corners, confidences: reshape(g, best!, [count]), labels: reshape(g, label!, [count]) }
}

function surest(g: GraphBuilder, { corners, confidences, labels }: Boxes): Boxes {
  const count = confidences.shape[0]!
  if (count <= 1) return { corners, confidences, labels }
  const kept = Math.min(count, mostBoxes)
  const [values, places] = g.node('TopK', [confidences, g.integers([kept])], [{ type: 'float', shape: [kept] }, { type: 'int64', shape: [kept] }], { axis: 0, sorted: 1 })
  const boxes = g.node('Gather', [corners, places!], [{ type: 'float', shape: [kept, 4] }], { axis: 0 })[0]!
  return { corners: boxes, confidences: values!, labels: gather(g, labels, places!) }
}

/** Top-left corners in cells and strides in pixels, stride by stride and row by row, as YOLOX lays them. */
function cellsOf(rows: number, input: PictureSize): { readonly corners: readonly (readonly [number, number])[]; readonly strides: readonly number[] } {
  const { strides } = gridOf(rows, input)!
  const cells = strides.flatMap((stride) => {
    const width = Math.floor(input.widthPx / stride)
    return Array.from({ length: width * Math.floor(input.heightPx / stride) }, (_, i) => ({ corner: [i % width, Math.floor(i / width)] as const, stride }))
  })
  return { corners: cells.map(({ corner }) => corner), strides: cells.map(({ stride }) => stride) }
}

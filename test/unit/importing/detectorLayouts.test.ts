import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { describeModel } from '../../../src-main/learning/importing/describeModel.ts'
import { detectorLayouts, largestLabel, tellLayout, type DetectorLayoutName, type DetectorOutput } from '../../../src-main/learning/importing/detectorLayout.ts'
import { cropSizeFor, pictureOfLayout, sealDetector } from '../../../src-main/learning/importing/sealDetector.ts'
import { detectorModel, type KnownOutput } from '../../support/detectorModel.ts'

// An input of 64×64 has 8·8 + 4·4 + 2·2 = 84 places. The known box: centre (30, 20), 16 wide, 8 high, label 1, confidence 0.8.
const side = 64
const places = 84
const known = { left: 22, top: 16, right: 38, bottom: 24 }

/** Rows of `values` numbers, all nought but one. */
function rowsWith(count: number, place: number, row: readonly number[]): Float32Array {
  const data = new Float32Array(count * row.length)
  data.set(row, place * row.length)
  return data
}

function transposed(data: Float32Array, rows: number): Float32Array {
  const values = data.length / rows
  return Float32Array.from(data, (_, i) => data[(i % rows) * values + Math.floor(i / rows)]!)
}

const spread = (row: readonly number[], count: number, object = 0): Float32Array => {
  const data = rowsWith(count, 3, row)
  // Decoded centres lie all over the picture, also those of places that found nothing.
  for (let i = 0; i < count; i++) if (i !== 3) data.set([(i % 8) * 8, Math.floor(i / 8) * 8, 4, 4, object], i * row.length)
  return data
}

interface Case {
  readonly layout: DetectorLayoutName
  readonly what: string
  readonly outputs: readonly KnownOutput[]
  readonly names?: readonly string[]
  readonly asksForSize?: true
}

const twoNames = ['dent', 'scratch']
const cases: readonly Case[] = [
  { layout: 'anchors', what: 'YOLOv8 to v12', outputs: [{ name: 'output0', shape: [1, 6, places], data: transposed(spread([30, 20, 16, 8, 0.1, 0.8], places), places) }] },
  { layout: 'anchors', what: 'YOLOv8 of one class', names: ['scratch'], outputs: [{ name: 'output0', shape: [1, 5, places], data: transposed(spread([30, 20, 16, 8, 0.8], places), places) }] },
  { layout: 'anchorsWithObject', what: 'YOLOv5, three anchors a place', outputs: [{ name: 'output', shape: [1, 3 * places, 7], data: spread([30, 20, 16, 8, 0.8, 0, 1], 3 * places) }] },
  { layout: 'anchorsWithObject', what: 'YOLOv6, whose place for "anything there" is filled with ones', outputs: [{ name: 'outputs', shape: [1, places, 7], data: spread([30, 20, 16, 8, 1, 0, 0.8], places, 1) }] },
  { layout: 'gridDecoded', what: 'YOLOX with its boxes in pixels', outputs: [{ name: 'output', shape: [1, places, 7], data: spread([30, 20, 16, 8, 0.8, 0, 1], places, 0.1) }] },
  // Place 3 of the first stride lies at cell (3, 0): 30 = (0.75 + 3)·8, 20 = (2.5 + 0)·8, 16 = e^ln2·8, 8 = e^0·8.
  { layout: 'grid', what: 'YOLOX', outputs: [{ name: 'output', shape: [1, places, 7], data: rowsWith(places, 3, [0.75, 2.5, Math.LN2, 0, 0.8, 0, 1]) }] },
  { layout: 'rows', what: 'YOLOv10, or built-in NMS', outputs: [{ name: 'output0', shape: [1, 300, 6], data: rowsWith(300, 0, [22, 16, 38, 24, 0.8, 1]) }] },
  { layout: 'rows', what: 'built-in NMS that found one thing', outputs: [{ name: 'output0', shape: [1, 1, 6], data: [22, 16, 38, 24, 0.8, 1] }] },
  { layout: 'batchRows', what: 'YOLOv7 with built-in NMS', outputs: [{ name: 'output', shape: [2, 7], data: [0, 22, 16, 38, 24, 1, 0.8, 0, 1, 1, 2, 2, 0, 0.3] }] },
  { layout: 'queries', what: 'RT-DETR of Ultralytics, two classes', outputs: [{ name: 'output0', shape: [1, 300, 6], data: rowsWith(300, 7, [30 / 64, 20 / 64, 16 / 64, 8 / 64, 0.1, 0.8]) }] },
  { layout: 'queryRows', what: 'RT-DETR of Ultralytics from 8.4 on', outputs: [{ name: 'output0', shape: [1, 300, 6], data: rowsWith(300, 0, [30 / 64, 20 / 64, 16 / 64, 8 / 64, 0.8, 1]) }] },
  {
    layout: 'logits', what: 'RT-DETR of Hugging Face',
    outputs: [
      { name: 'logits', shape: [1, 10, 2], data: rowsWith(10, 4, [-9, Math.log(4)]).map((x, i) => (Math.floor(i / 2) === 4 ? x : -9)) },
      { name: 'pred_boxes', shape: [1, 10, 4], data: rowsWith(10, 4, [30 / 64, 20 / 64, 16 / 64, 8 / 64]) },
    ],
  },
  {
    layout: 'labelled', what: 'RT-DETR of its authors', asksForSize: true,
    outputs: [
      { name: 'labels', shape: [1, 10], data: rowsWith(10, 2, [1]), type: 'int64' },
      { name: 'boxes', shape: [1, 10, 4], data: rowsWith(10, 2, [22, 16, 38, 24]) },
      { name: 'scores', shape: [1, 10], data: rowsWith(10, 2, [0.8]) },
    ],
  },
]

const grey = new Float32Array(3 * side * side).fill(0.5)

async function outputsOf(bytes: Uint8Array, asksForSize: boolean): Promise<readonly DetectorOutput[]> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 4 })
  const answers = await session.run({ images: new Tensor('float32', grey, [1, 3, side, side]), ...(asksForSize && { orig_target_sizes: new Tensor('int64', [64n, 64n], [1, 2]) }) })
  return Object.entries(answers).map(([name, { type, dims, data }]) => ({ name, type, shape: dims, data: data as Float32Array }))
}

async function sealAndRun({ outputs, names = twoNames, asksForSize = undefined }: Omit<Case, 'layout' | 'what'>, region: { width: number; height: number }) {
  const bytes = detectorModel(side, side, outputs, { asksForSize: asksForSize === true })
  const input = { widthPx: side, heightPx: side }
  const told = tellLayout(await outputsOf(bytes, asksForSize === true), input, { classNames: names }, 'known.onnx')
  if (!told.ok) throw new Error(told.fault.detail)
  const described = describeModel(bytes, 'known.onnx')
  if (!described.ok) throw new Error(described.fault.detail)
  const picture = pictureOfLayout(told.value, input)
  const crop = cropSizeFor(region, picture)
  const sealed = sealDetector({ file: described.value.file, inputName: 'images', sizeInput: asksForSize && 'orig_target_sizes', layout: told.value, picture, crop, metadata: {} })
  const session = await InferenceSession.create(sealed, { logSeverityLevel: 4 })
  const found = await session.run({ crop: new Tensor('uint8', new Uint8Array(crop.widthPx * crop.heightPx * 3).fill(128), [1, crop.heightPx, crop.widthPx, 3]) })
  return {
    layout: told.value.name,
    picture,
    crop,
    box: Array.from(found['boxes']!.data as Float32Array).slice(0, 4),
    confidence: (found['confidences']!.data as Float32Array)[0]!,
    label: Number((found['labels']!.data as BigInt64Array)[0]),
  }
}

describe('a detector with a known box', () => {
  it.each(cases)('$what is read as $layout, and its box comes out', async ({ layout, ...one }) => {
    const sealed = await sealAndRun(one, { width: 200, height: 200 })
    expect(sealed.layout).toBe(layout)
    expect(sealed.confidence).toBeCloseTo(0.8, 4)
    expect(sealed.label).toBe(one.names ? 0 : 1)
    for (const [i, value] of [known.left, known.top, known.right, known.bottom].entries()) expect(sealed.box[i]).toBeCloseTo(value, 3)
  })

  it('covers every layout', () => {
    expect(new Set(cases.map(({ layout }) => layout))).toEqual(new Set(detectorLayouts))
  })

  it('has its letterbox undone where the region is wide', async () => {
    const { crop, box } = await sealAndRun(cases[0]!, { width: 200, height: 100 })
    expect(crop).toEqual({ widthPx: 64, heightPx: 32 })
    expect(box.map(Math.round)).toEqual([22, 0, 38, 8])
    const beyond = { ...cases[0]!, outputs: [{ name: 'output0', shape: [1, 6, places], data: transposed(spread([30, 14, 16, 12, 0.1, 0.8], places), places) }] }
    // Where it reaches into the bar it is cut off later: boxes overlap as the detector gave them.
    expect((await sealAndRun(beyond, { width: 200, height: 100 })).box.map(Math.round)).toEqual([22, -8, 38, 4])
  })

  it('is put at the top left for YOLOX, and stretched for RT-DETR', async () => {
    const yolox = cases.find(({ layout }) => layout === 'grid')!
    expect((await sealAndRun(yolox, { width: 200, height: 100 })).box.map(Math.round)).toEqual([22, 16, 38, 24])
    const detr = cases.find(({ layout }) => layout === 'queries')!
    expect((await sealAndRun(detr, { width: 200, height: 100 })).crop).toEqual({ widthPx: 64, heightPx: 64 })
  })
})

describe('a layout that a person names', () => {
  const input = { widthPx: side, heightPx: side }
  const outputs = [{ name: 'output0', type: 'float32', shape: [1, places, 7], data: spread([30, 20, 16, 8, 0.8, 0, 1], places, 0.1) }]

  it('goes before what the numbers tell', () => {
    expect(tellLayout(outputs, input, { classNames: twoNames, layout: 'grid' }, 'known.onnx')).toMatchObject({ ok: true, value: { name: 'grid', classCount: 2 } })
  })

  it('is refused where the shapes do not allow it, with those that they do', () => {
    const told = tellLayout(outputs, input, { classNames: twoNames, layout: 'queries' }, 'known.onnx')
    expect(told.ok ? 'told' : told.fault.detail).toMatch(/cannot be read as queries.*--layout.*anchors, anchorsWithObject, grid, gridDecoded/)
  })

  it('is not needed where a detector in pixels found nothing in the first picture', () => {
    const nothing = [{ name: 'output0', type: 'float32', shape: [1, 300, 6], data: new Float32Array(1800) }]
    expect(tellLayout(nothing, input, { classNames: twoNames }, 'known.onnx')).toMatchObject({ ok: true, value: { name: 'rows' } })
  })
})

describe('the largest label', () => {
  const input = { widthPx: side, heightPx: side }
  const labelOf = (output: DetectorOutput): number => {
    const told = tellLayout([output], input, { classNames: twoNames }, 'known.onnx')
    return told.ok ? largestLabel(told.value) : NaN
  }

  it('is counted where the layout does not say how many classes there are', () => {
    expect(labelOf({ name: 'o', type: 'float32', shape: [1, 2, 6], data: [22, 16, 38, 24, 0.8, 7, 0, 0, 0, 0, 0, 0] })).toBe(7)
    expect(labelOf({ name: 'o', type: 'float32', shape: [1, 7], data: [0, 22, 16, 38, 24, 5, 0.8] })).toBe(5)
    expect(labelOf({ name: 'o', type: 'float32', shape: [0, 7], data: [] })).toBe(-1)
  })
})

describe('what is no detector', () => {
  it('is refused with the shapes that were found', () => {
    const told = tellLayout([{ name: 'logits', type: 'float32', shape: [1, 1000], data: new Float32Array(1000) }], { widthPx: 64, heightPx: 64 }, { classNames: undefined }, 'classifier.onnx')
    expect(told.ok).toBe(false)
    if (!told.ok) expect(told.fault.detail).toMatch(/classifier\.onnx.*logits \[1, 1000\]/)
  })
})

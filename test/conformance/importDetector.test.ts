import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onnxModel } from '../../src-main/adapters/model/onnxModel.ts'
import type { Result } from '../../src-main/domain/result.ts'
import { describeModel } from '../../src-main/learning/importing/describeModel.ts'
import { sealDetector } from '../../src-main/learning/importing/sealDetector.ts'
import type { ModelPort } from '../../src-main/ports/model.ts'
import { detectorModel } from '../support/detectorModel.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { cropWith, hashOf, smallModel } from '../support/smallModel.ts'

const side = 64
let model: ModelPort

beforeEach(() => { model = onnxModel({ entry: new URL('../../src-main/hosts/inferenceProcess.ts', import.meta.url), clock: fakeClock(), threads: 1 }) })
afterEach(() => model.close())

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)
const crop = (sha256: ReturnType<typeof hashOf>, px = side) => cropWith(sha256, px, { x: 0, y: 0, rgb: [1, 2, 3] })

/** Finds one thing, at (22, 16) to (38, 24), as sure as is said. */
function sealedDetector(confidence: number): Uint8Array {
  const input = { widthPx: side, heightPx: side }
  const output = { name: 'output0', type: 'float32', shape: [1, 1, 6], data: [22, 16, 38, 24, confidence, 1] }
  const described = describeModel(detectorModel(side, side, [output].map(({ name, shape, data }) => ({ name, shape, data }))), 'known.onnx')
  if (!described.ok) throw new Error(described.fault.detail)
  const layout = { name: 'rows', outputs: [output], isTransposed: false, classCount: undefined } as const
  return sealDetector({ file: described.value.file, inputName: 'images', sizeInput: undefined, layout, picture: { input, fit: 'centre', isBlueFirst: false, isTo255: false }, crop: input, metadata: {} })
}

describe('a sealed detector in the inference process', () => {
  it('finds what it finds, beside an anomaly model', async () => {
    const [detector, anomaly] = [sealedDetector(0.75), smallModel()]
    expect(await model.load(hashOf(detector), detector)).toMatchObject({ ok: true, value: { inputWidthPx: side, inputHeightPx: side, mapWidth: 0 } })
    expect(codeOf(await model.load(hashOf(anomaly), anomaly))).toBe('ok')
    const found = await model.detect([crop(hashOf(detector))], 10_000)
    if (!found.ok) throw new Error(found.fault.detail)
    expect(found.value[0]).toMatchObject({ regionId: 'r1', provider: 'cpu' })
    expect([...found.value[0]!.boxes.subarray(0, 4)]).toEqual([22, 16, 38, 24])
    expect([found.value[0]!.confidences[0], found.value[0]!.labels[0]]).toEqual([0.75, 1])
    expect(codeOf(await model.run([crop(hashOf(anomaly), 8)], 10_000))).toBe('ok')
  })

  it('is not taken for an anomaly model, nor the other way round', async () => {
    const [detector, anomaly] = [sealedDetector(0.75), smallModel()]
    await model.load(hashOf(detector), detector)
    await model.load(hashOf(anomaly), anomaly)
    expect(codeOf(await model.run([crop(hashOf(detector))], 10_000))).toBe('model/missing')
    expect(codeOf(await model.detect([crop(hashOf(anomaly), 8)], 10_000))).toBe('model/missing')
  })

  it('that gives NaN is refused when it is loaded, and leaves the others alone', async () => {
    const [broken, sound] = [sealedDetector(NaN), sealedDetector(0.75)]
    await model.load(hashOf(sound), sound)
    expect(codeOf(await model.load(hashOf(broken), broken))).toBe('model/invalid')
    expect(codeOf(await model.detect([crop(hashOf(sound))], 10_000))).toBe('ok')
  })

  it('is given crops of its own size', async () => {
    const detector = sealedDetector(0.75)
    await model.load(hashOf(detector), detector)
    expect(codeOf(await model.detect([crop(hashOf(detector), 32)], 10_000))).toBe('model/invalid')
  })
})

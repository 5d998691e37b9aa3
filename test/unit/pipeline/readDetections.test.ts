import { describe, expect, it } from 'vitest'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import type { Detector, Region } from '../../../src-main/domain/recipe.ts'
import type { Result } from '../../../src-main/domain/result.ts'
import type { RawDetections, Reading } from '../../../src-main/domain/verdict.ts'
import { extendHistory, judge } from '../../../src-main/pipeline/judge.ts'
import { readDetections } from '../../../src-main/pipeline/readDetections.ts'

const regionId = 'r1' as RegionId
const detector: Detector = {
  sha256: 'd' as Sha256, bytes: 1, origin: 'test', inputWidthPx: 50, inputHeightPx: 50, overlapMax: 0.5,
  classes: [
    { name: 'dent', labels: [0, 2], severity: 'minor', minConfidence: 0.3, minAreaPx: 0 },
    { name: 'scratch', labels: [1], severity: 'critical', minConfidence: 0.5, minAreaPx: 100 },
  ],
}
const proportion = { value: 0, low: 0, high: 1, n: 0 }
/** 100×100 px at (200, 100): a pixel of the crop is 2×2 px of the image. */
const regionWith = (more: Partial<Region> = {}): Region => ({
  id: regionId, name: 'Rim', shape: { kind: 'rectangle', x: 200, y: 100, width: 100, height: 100 }, masks: [],
  model: { sha256: 'm' as Sha256, bytes: 1, method: 'padim', features: 'f', inputWidthPx: 64, inputHeightPx: 64, mapWidth: 8, mapHeight: 8, baselineImages: 20, seed: 1 },
  limits: { failAbove: 10, unsureAbove: 10, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis: { rule: 'q90', goodImages: 20, expectedFalseRejects: proportion } },
  detector, ...more,
})
const readingOf = (score: number): Reading => ({
  regionId, regionName: 'Rim', model: 'm' as Sha256, score, failAbove: 10, unsureAbove: 10, areaPx: 1, peak: { x: 0, y: 0 }, embedding: [], provider: 'cpu',
  heatmap: { bounds: { left: 200, top: 100, width: 100, height: 100 }, mapWidth: 1, mapHeight: 1, heatPerCount: 1, cells: new Uint8Array(1) },
})
type Found = readonly [left: number, top: number, right: number, bottom: number, confidence: number, label: number]
const rawOf = (...found: readonly Found[]): RawDetections => ({
  regionId, model: 'd' as Sha256, provider: 'cpu', modelMs: 1,
  boxes: Float32Array.from(found.flatMap((one) => one.slice(0, 4))), confidences: Float32Array.from(found, (one) => one[4]), labels: found.map((one) => one[5]),
})
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.fault.detail)
  return result.value
}
const image = { widthPx: 640, heightPx: 480 }
const readWith = (region: Region, ...found: readonly Found[]): readonly Reading[] => valueOf(readDetections([readingOf(1)], [rawOf(...found)], [region], image))
const detectionsOf = (region: Region, ...found: readonly Found[]) => readWith(region, ...found)[0]!.detections!

describe('what a detector found', () => {
  it('is put to the image and named by the station', () => {
    expect(detectionsOf(regionWith(), [10, 5, 20, 10, 0.75, 2])).toEqual([{ defectClass: 'dent', confidence: 0.75, counts: true, box: { left: 220, top: 110, width: 20, height: 10 } }])
  })

  it('is counted once where boxes of one class overlap, and twice where the classes differ', () => {
    const found = detectionsOf(regionWith(), [10, 10, 20, 20, 0.75, 0], [10, 10, 20, 21, 0.5, 2], [10, 10, 20, 20, 0.25, 1], [30, 30, 40, 40, 0.125, 0])
    expect(found.map(({ defectClass, confidence }) => [defectClass, confidence])).toEqual([['dent', 0.75], ['scratch', 0.25], ['dent', 0.125]])
  })

  it('does not count where its middle is masked or outside the shape', () => {
    const masked = regionWith({ masks: [{ kind: 'rectangle', x: 220, y: 110, width: 40, height: 40 }] })
    expect(detectionsOf(masked, [10, 5, 20, 10, 0.75, 0])).toEqual([])
    const corner = regionWith({ shape: { kind: 'polygon', points: [{ x: 200, y: 100 }, { x: 300, y: 100 }, { x: 300, y: 200 }] } })
    expect(detectionsOf(corner, [2, 40, 8, 48, 0.75, 0])).toEqual([])
  })

  it('is dropped below a confidence that says nothing, as padding is', () => {
    expect(detectionsOf(regionWith(), [10, 5, 20, 10, 0.04, 0], [0, 0, 0, 0, 0, 0])).toEqual([])
  })

  it('overlaps as the detector gave it, and is then cut off at the region', () => {
    // 4 px apart, and so one thing, in the 60 px that the boxes have with what lies above the region; of the 10 px inside it they share less than half.
    const found = detectionsOf(regionWith(), [10, -25, 20, 5, 0.75, 0], [10, -23, 20, 7, 0.5, 0])
    expect(found).toEqual([{ defectClass: 'dent', confidence: 0.75, counts: true, box: { left: 220, top: 100, width: 20, height: 10 } }])
    expect(detectionsOf(regionWith(), [-30, 5, -10, 10, 0.75, 0])).toEqual([])
  })

  it('is a Fault for a label of no class, and the part is not accepted', () => {
    const read = readDetections([readingOf(1)], [rawOf([10, 5, 20, 10, 0.75, 9])], [regionWith()], image)
    expect(read).toMatchObject({ ok: false, fault: { code: 'model/invalid' } })
    expect(read.ok ? '' : read.fault.detail).toMatch(/region "Rim".*label 9.*--names/)
  })

  it('throws for a detector that gave no answer', () => {
    expect(() => readDetections([readingOf(1)], [], [regionWith()], image)).toThrow('no detector answered')
  })

  it('leaves a region without a detector as it was', () => {
    const { detector: _none, ...plain } = regionWith()
    const reading = readingOf(1)
    expect(valueOf(readDetections([reading], [], [plain], image))[0]).toBe(reading)
  })
})

describe('a verdict with a detector', () => {
  const region = regionWith()
  const verdictOf = (score: number, ...found: readonly Found[]) => judge(valueOf(readDetections([readingOf(score)], [rawOf(...found)], [region], image)), [region], {})

  it('fails a part for a critical class although the model saw nothing', () => {
    expect(verdictOf(1, [10, 5, 20, 10, 0.75, 1])).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'region/defectClass', params: { region: 'Rim', defectClass: 'scratch', confidence: 0.75, limit: 0.5, areaPx: 200 } }],
    })
  })

  it('makes a part unsure for a minor class', () => {
    expect(verdictOf(1, [10, 5, 20, 10, 0.75, 0]).outcome).toBe('unsure')
  })

  it.each([
    ['less sure', [10, 5, 20, 10, 0.49, 1]],
    ['smaller', [10, 5, 14, 10, 0.75, 1]],
  ] as const)('does not count what is %s than its class asks for', (_why, found) => {
    expect(verdictOf(1, found)).toMatchObject({ outcome: 'pass', reasons: [{ code: 'region/withinLimit' }] })
  })

  it('goes by the worse of the two', () => {
    expect(verdictOf(11, [10, 5, 20, 10, 0.75, 0])).toMatchObject({ outcome: 'fail', reasons: [{ code: 'region/overLimit' }] })
    expect(verdictOf(11, [10, 5, 20, 10, 0.75, 1])).toMatchObject({ outcome: 'fail', reasons: [{ code: 'region/defectClass' }] })
  })

  it('names the most severe finding, then the surest', () => {
    expect(verdictOf(1, [30, 30, 45, 45, 0.9, 0], [10, 5, 20, 10, 0.6, 1], [10, 25, 20, 40, 0.8, 1]).reasons[0]!.params).toMatchObject({ defectClass: 'scratch' })
  })

  it('asks persistence as it does of the model', () => {
    const patient = regionWith({ limits: { ...region.limits, persistence: { count: 2, of: 3 } } })
    const readings = valueOf(readDetections([readingOf(1)], [rawOf([10, 5, 20, 10, 0.75, 1])], [patient], image))
    expect(judge(readings, [patient], {}).outcome).toBe('pass')
    expect(judge(readings, [patient], extendHistory({}, readings, [patient])).outcome).toBe('fail')
  })
})

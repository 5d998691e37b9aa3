import { describe, expect, test } from 'vitest'
import { placePoint, type Pose } from '../../../src-main/domain/alignment.ts'
import type { PixelImage } from '../../../src-main/domain/frame.ts'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import { cropRegion } from '../../../src-main/pipeline/cropRegions.ts'
import { placeReadings } from '../../../src-main/pipeline/placeReadings.ts'
import { straightenRegion } from '../../../src-main/pipeline/straightenRegion.ts'
import type { Reading } from '../../../src-main/domain/verdict.ts'
import type { CropPlan } from '../../../src-main/ports/pixels.ts'

const still: Pose = { dxPx: 0, dyPx: 0, rotationDeg: 0, pivot: { x: 100, y: 80 }, score: 1 }
/** A smooth scene, seen at a pose: what a camera would give, without a sensor's noise. */
const scene = (x: number, y: number): number => 128 + 60 * Math.sin(x / 9) + 50 * Math.cos(y / 7 + x / 23)
function seenAt(pose: Pose, channels: 1 | 3 = 1): PixelImage {
  const [widthPx, heightPx] = [200, 160]
  const back = { ...pose, pivot: { x: pose.pivot.x + pose.dxPx, y: pose.pivot.y + pose.dyPx }, dxPx: -pose.dxPx, dyPx: -pose.dyPx, rotationDeg: -pose.rotationDeg }
  const data = new Uint8Array(widthPx * heightPx * channels)
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const on = placePoint({ x: x + 0.5, y: y + 0.5 }, back)
      for (let c = 0; c < channels; c++, i++) data[i] = scene(on.x, on.y) + c
    }
  return { widthPx, heightPx, channels, data }
}
const bounds = { left: 40, top: 30, width: 110, height: 90 }
const worst = (a: Uint8Array, b: Uint8Array): number => a.reduce((most, level, i) => Math.max(most, Math.abs(level - b[i]!)), 0)

describe('a part that was moved and turned', () => {
  test.each<[string, Partial<Pose>]>([
    ['by whole pixels', { dxPx: 7, dyPx: -4 }],
    ['by parts of a pixel', { dxPx: 2.4, dyPx: 1.7 }],
    ['by an angle', { rotationDeg: 9 }],
    ['by all of it', { dxPx: -5.3, dyPx: 6.6, rotationDeg: -7.5 }],
  ])('%s looks as if it had not been', (_, moved) => {
    const pose = { ...still, ...moved }
    for (const channels of [1, 3] as const) expect(worst(straightenRegion(seenAt(pose, channels), bounds, pose).data, straightenRegion(seenAt(still, channels), bounds, still).data)).toBeLessThan(3)
  })

  test('without a movement nothing changes at all, up to the last pixel', () => {
    const image = seenAt(still, 3)
    expect(straightenRegion(image, { left: 0, top: 0, width: 200, height: 160 }, still).data).toEqual(image.data)
  })

  test('beyond the picture its last pixels go on', () => {
    const image = seenAt(still)
    const { data } = straightenRegion(image, { left: 0, top: 0, width: 4, height: 1 }, { ...still, dxPx: -50 })
    expect([...data]).toEqual(Array(4).fill(image.data[0]))
  })
})

test('masks and polygons lie on the part', () => {
  const plan: CropPlan = {
    id: 'r' as RegionId,
    shape: { kind: 'polygon', points: [{ x: 40, y: 30 }, { x: 150, y: 30 }, { x: 150, y: 120 }] },
    masks: [{ kind: 'rectangle', x: 120, y: 40, width: 10, height: 10 }],
    model: { sha256: 'a'.repeat(64) as Sha256, inputWidthPx: 110, inputHeightPx: 90 },
  }
  const pose = { ...still, dxPx: 6.5, dyPx: -3.25, rotationDeg: 5 }
  const moved = cropRegion(seenAt(pose), plan, pose).data
  expect(worst(moved, cropRegion(seenAt(still), plan).data)).toBeLessThan(3)
  const at = (x: number, y: number): number => moved[((y - 30) * 110 + x - 40) * 3]!
  expect([at(125, 45), at(41, 110)]).toEqual([128, 128])
})

test('the hottest place is said in coordinates of the picture, and the heat carries the pose', () => {
  const reading = { peak: { x: 110, y: 80 }, areaPx: 12, heatmap: { bounds } } as unknown as Reading
  const [placed] = placeReadings([reading], { ...still, dxPx: 3, rotationDeg: 90 })
  expect(placed!.peak.x).toBeCloseTo(103)
  expect(placed!.peak.y).toBeCloseTo(90)
  expect(placed).toMatchObject({ areaPx: 12, heatmap: { bounds, pose: { dxPx: 3, rotationDeg: 90 } } })
  expect(placeReadings([reading], undefined)).toEqual([reading])
})

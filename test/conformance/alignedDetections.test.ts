import { afterAll, expect, test } from 'vitest'
import { createSharpPixels } from '../../src-main/adapters/pixels/sharpPixels.ts'
import { placePoint } from '../../src-main/domain/alignment.ts'
import type { Crop, Frame, PixelImage } from '../../src-main/domain/frame.ts'
import type { Point } from '../../src-main/domain/geometry.ts'
import type { Sha256 } from '../../src-main/domain/ids.ts'
import type { Detector, Region } from '../../src-main/domain/recipe.ts'
import { succeed } from '../../src-main/domain/result.ts'
import type { RawDetections } from '../../src-main/domain/verdict.ts'
import { readRegions, type ScoringLine } from '../../src-main/station/judgePart.ts'
import { startStopwatch } from '../../src-main/station/stopwatch.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { parityRecipe } from '../support/parityRoom.ts'
import { posedParts } from '../support/posedParts.ts'

const pixels = createSharpPixels(new URL('../../src-main/hosts/pixelsThread.ts', import.meta.url))
afterAll(() => pixels.close())

/** A place on the part, and a spot there that no part has. */
const defect: Point = { x: 430, y: 210 }
const radiusPx = 7
const isMark = (data: Uint8Array, at: number): boolean => data[at]! > 200 && data[at + 1]! < 90 && data[at + 2]! > 200

function withDefect(image: PixelImage, at: Point): PixelImage {
  const data = new Uint8Array(image.data)
  for (let y = 0; y < image.heightPx; y++)
    for (let x = 0; x < image.widthPx; x++) if (Math.hypot(x + 0.5 - at.x, y + 0.5 - at.y) < radiusPx) data.set([255, 0, 255], (y * image.widthPx + x) * 3)
  return { ...image, data }
}

/** A detector that knows one thing: it boxes all pixels of the mark. */
function boxMark({ regionId, model, data, widthPx }: Crop): RawDetections {
  const places = Array.from({ length: data.length / 3 }, (_, i) => i).filter((i) => isMark(data, 3 * i))
  const [xs, ys] = [places.map((i) => i % widthPx), places.map((i) => Math.floor(i / widthPx))]
  const boxes = Float32Array.of(Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1)
  return { regionId: regionId as RawDetections['regionId'], model, boxes, confidences: Float32Array.of(0.9), labels: [0], provider: 'cpu', modelMs: 1 }
}

test('the box of a detector on a part that is shifted and turned lies on the defect, wherever the part lies', async () => {
  const plate = await posedParts('plate', { shiftPx: 20, rotationDeg: 6 })
  expect(plate.golden.channels).toBe(3)
  const taught = await pixels.teachAlignment(plate.golden, { rectangle: { kind: 'rectangle', x: 350, y: 100, width: 220, height: 300 } })
  if (!taught.ok) throw new Error(taught.fault.detail)
  const [plain] = parityRecipe.regions as [Region]
  const detector: Detector = { sha256: 'd'.repeat(64) as Sha256, bytes: 1, origin: 'test', inputWidthPx: 180, inputHeightPx: 150, overlapMax: 0.5, classes: [{ name: 'spot', labels: [0], severity: 'major', minConfidence: 0.5, minAreaPx: 0 }] }
  const region: Region = { ...plain, shape: { kind: 'rectangle', x: 360, y: 120, width: 180, height: 150 }, detector }
  const model: Pick<ScoringLine['model'], 'run' | 'detect'> = {
    run: async (crops) => succeed(crops.map(({ regionId, model: by }) => ({ regionId: regionId as RawDetections['regionId'], model: by, score: 1, heat: Float32Array.of(1), mapWidth: 1, mapHeight: 1, embedding: new Float32Array(1), nearest: [0], provider: 'cpu', modelMs: 1 }))),
    detect: async (crops) => succeed(crops.map(boxMark)),
  }
  const line = { recipe: { ...parityRecipe, alignment: taught.value, regions: [region] }, model, pixels } as unknown as ScoringLine
  const turned: number[] = []
  for (let number = 1; number <= 6; number++) {
    const part = plate.part(number)
    const truth = part.placeOf(defect)
    const frame = { image: withDefect(part.image, truth) } as unknown as Frame
    const readings = await readRegions({ frame, checks: [] }, line, startStopwatch(fakeClock()))
    if (!readings.ok) throw new Error(readings.fault.detail)
    const [{ detections, heatmap: { pose } }] = readings.value as [(typeof readings.value)[number]]
    const { box } = detections![0]!
    const middle = placePoint({ x: box.left + box.width / 2, y: box.top + box.height / 2 }, pose!)
    expect(Math.hypot(middle.x - truth.x, middle.y - truth.y), `part ${number}`).toBeLessThan(1)
    expect(Math.abs(box.width - 2 * radiusPx)).toBeLessThan(2.5)
    turned.push(Math.hypot(truth.x - defect.x, truth.y - defect.y), Math.abs(pose!.rotationDeg))
  }
  // Unplaced, the boxes would lie up to this far off.
  expect(Math.max(...turned)).toBeGreaterThan(8)
})

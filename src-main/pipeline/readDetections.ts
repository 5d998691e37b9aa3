import { fault } from '../domain/fault.ts'
import { boundsOf, contains, type Bounds, type Point } from '../domain/geometry.ts'
import type { Detector, Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { Detection, RawDetections, Reading } from '../domain/verdict.ts'
import type { CropPlan } from '../ports/pixels.ts'
import { suppressOverlaps } from './suppressOverlaps.ts'

/** Surer than this a finding is kept with the record, so that a limit can be tried on stored parts before it is moved. */
const leastConfidence = 0.05
const mostKept = 50

/** What is cut for the detectors, of the regions that have one. */
export const detectorPlans = (regions: readonly Region[]): readonly CropPlan[] => regions.flatMap(({ detector, ...region }) => (detector ? [{ ...region, model: detector }] : []))

/**
 * Puts what the detectors found to the readings of their regions: in image coordinates, by the station's own classes, without doubles,
 * and cut off at the region's bounding box. Boxes whose middle lies outside the region's shape or in one of its masks are not its
 * business. Fault: model/invalid for a label that belongs to no class of the recipe. Throws when a region with a detector has no answer.
 */
export function readDetections(readings: readonly Reading[], raw: readonly RawDetections[], regions: readonly Region[], image: { readonly widthPx: number; readonly heightPx: number }): Result<readonly Reading[]> {
  const read: Reading[] = []
  for (const reading of readings) {
    const region = regions.find(({ id }) => id === reading.regionId)
    if (!region?.detector) {
      read.push(reading)
      continue
    }
    const found = raw.find(({ regionId }) => regionId === region.id)
    if (!found) throw new Error(`no detector answered for region ${region.id}`)
    const bounds = boundsOf(region.shape, image.widthPx, image.heightPx)
    const all = boxesOf(found, region.detector, bounds)
    if (!all.ok) return fail({ ...all.fault, detail: `region "${region.name}": ${all.fault.detail}` })
    const seen = all.value.filter(({ box }) => isSeen(region, bounds, box))
    const kept = suppressOverlaps(seen, region.detector.overlapMax).slice(0, mostKept)
    read.push({ ...reading, detections: kept.map((detection) => ({ ...detection, box: cutOff(detection.box, bounds) })) })
  }
  return succeed(read)
}

type Box = Detection['box']

/** As the detector gave them, also where they reach beyond the region: that is how they overlap. */
function boxesOf({ boxes, confidences, labels }: RawDetections, detector: Detector, bounds: Bounds): Result<readonly Detection[]> {
  const [scaleX, scaleY] = [bounds.width / detector.inputWidthPx, bounds.height / detector.inputHeightPx]
  const found: Detection[] = []
  for (const [i, confidence] of confidences.entries()) {
    if (confidence < leastConfidence) break
    const [left, top, right, bottom] = boxes.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number]
    if (right <= left || bottom <= top) continue
    const box = { left: bounds.left + left * scaleX, top: bounds.top + top * scaleY, width: (right - left) * scaleX, height: (bottom - top) * scaleY }
    const defect = detector.classes.find((one) => one.labels.includes(labels[i]!))
    if (!defect)
      return fail(fault('model/invalid', `the detector gave label ${labels[i]}, which belongs to no class of the recipe; import it again with the names of all its labels (--names)`))
    const { width, height } = cutOff(box, bounds)
    found.push({ defectClass: defect.name, confidence, counts: confidence >= defect.minConfidence && width * height >= defect.minAreaPx, box })
  }
  return succeed(found)
}

function cutOff({ left, top, width, height }: Box, bounds: Bounds): Box {
  const [fromX, toX] = [Math.max(left, bounds.left), Math.min(left + width, bounds.left + bounds.width)]
  const [fromY, toY] = [Math.max(top, bounds.top), Math.min(top + height, bounds.top + bounds.height)]
  return { left: fromX, top: fromY, width: Math.max(0, toX - fromX), height: Math.max(0, toY - fromY) }
}

/** By the middle of what lies in the region; a box beside it has no such middle. */
function isSeen({ shape, masks }: Region, bounds: Bounds, box: Box): boolean {
  const { left, top, width, height } = cutOff(box, bounds)
  const middle: Point = { x: left + width / 2, y: top + height / 2 }
  return width > 0 && height > 0 && contains(shape, middle) && !masks.some((mask) => contains(mask, middle))
}

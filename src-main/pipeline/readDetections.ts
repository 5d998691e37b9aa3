import { boundsOf, contains, type Bounds, type Point } from '../domain/geometry.ts'
import type { DefectClass, Detector, Region } from '../domain/recipe.ts'
import type { Detection, RawDetections, Reading } from '../domain/verdict.ts'
import type { CropPlan } from '../ports/pixels.ts'
import { suppressOverlaps } from './suppressOverlaps.ts'

/** Surer than this a finding is kept with the record, so that a limit can be tried on stored parts before it is moved. */
const leastConfidence = 0.05
const mostKept = 50

/** What is cut for the detectors, of the regions that have one. */
export const detectorPlans = (regions: readonly Region[]): readonly CropPlan[] => regions.flatMap(({ detector, ...region }) => (detector ? [{ ...region, model: detector }] : []))

/**
 * Puts what the detectors found to the readings of their regions: in image coordinates, by the station's own classes, without doubles.
 * Boxes whose middle lies outside the region's shape or in one of its masks are not its business; labels of no class cannot be judged and
 * throw, as a region with a detector and no answer does: importing sees to it that neither is.
 */
export function readDetections(readings: readonly Reading[], raw: readonly RawDetections[], regions: readonly Region[], image: { readonly widthPx: number; readonly heightPx: number }): readonly Reading[] {
  return readings.map((reading) => {
    const region = regions.find(({ id }) => id === reading.regionId)
    if (!region?.detector) return reading
    const found = raw.find(({ regionId }) => regionId === region.id)
    if (!found) throw new Error(`no detector answered for region ${region.id}`)
    const bounds = boundsOf(region.shape, image.widthPx, image.heightPx)
    const inside = boxesOf(found, region.detector, bounds).filter(({ box }) => isSeen(region, { x: box.left + box.width / 2, y: box.top + box.height / 2 }))
    return { ...reading, detections: suppressOverlaps(inside, region.detector.overlapMax).slice(0, mostKept) }
  })
}

function boxesOf({ boxes, confidences, labels }: RawDetections, detector: Detector, bounds: Bounds): readonly Detection[] {
  const [scaleX, scaleY] = [bounds.width / detector.inputWidthPx, bounds.height / detector.inputHeightPx]
  const found: Detection[] = []
  for (const [i, confidence] of confidences.entries()) {
    if (confidence < leastConfidence) break
    const [left, top, right, bottom] = boxes.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number]
    if (right <= left || bottom <= top) continue
    const box = { left: bounds.left + left * scaleX, top: bounds.top + top * scaleY, width: (right - left) * scaleX, height: (bottom - top) * scaleY }
    const { name, minConfidence, minAreaPx } = classOf(labels[i]!, detector)
    found.push({ defectClass: name, confidence, counts: confidence >= minConfidence && box.width * box.height >= minAreaPx, box })
  }
  return found
}

function classOf(label: number, { classes }: Detector): DefectClass {
  const found = classes.find(({ labels }) => labels.includes(label))
  if (!found) throw new Error(`the detector gave label ${label}, which belongs to no class`)
  return found
}

const isSeen = ({ shape, masks }: Region, middle: Point): boolean => contains(shape, middle) && !masks.some((mask) => contains(mask, middle))

import type { Detection } from '../domain/verdict.ts'

/**
 * Greedy non-maximum suppression within each class: of boxes that overlap by more than `overlapMax` of their union, the surest stays.
 * `detections` come the surest first, and so do those that are left.
 */
export function suppressOverlaps(detections: readonly Detection[], overlapMax: number): readonly Detection[] {
  const kept: Detection[] = []
  for (const detection of detections)
    if (!kept.some((surer) => surer.defectClass === detection.defectClass && overlapOf(surer, detection) > overlapMax)) kept.push(detection)
  return kept
}

/** Intersection over union. */
function overlapOf({ box: a }: Detection, { box: b }: Detection): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (a.width * a.height + b.width * b.height - shared)
}

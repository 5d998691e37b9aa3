import type { Point, Rectangle } from './geometry.ts'

/**
 * How to find the part again: what lay in a rectangle of the golden frame when it was taught. Regions and masks are drawn on that
 * frame, so they mean places on the part. Immutable and small: it lies in the recipe and is part of its hash.
 */
export interface Alignment {
  /** Whole pixels of the golden frame. */
  readonly rectangle: Rectangle
  readonly template: AlignmentTemplate
  readonly travel: AlignmentTravel
  /** Below this score, −1…1, the part counts as not found. */
  readonly minScore: number
}

/** Grey levels [heightPx, widthPx], each the mean of `reduction`×`reduction` pixels of the golden frame. */
export interface AlignmentTemplate {
  readonly reduction: number
  readonly widthPx: number
  readonly heightPx: number
  /** Base64 (RFC 4648). */
  readonly pixels: string
}

/**
 * How far a part may lie from where it lay in the golden frame: ± these, in x and in y, and about the rectangle's middle. With no
 * rotation only the shift is measured: for round parts.
 */
export interface AlignmentTravel {
  readonly shiftPx: number
  readonly rotationDeg: number
}

/** What alignment is taught from; `travel` and `minScore` default to `alignmentDefaults`. */
export interface AlignmentLesson {
  readonly rectangle: Rectangle
  readonly travel?: AlignmentTravel
  readonly minScore?: number
}

export const alignmentDefaults = {
  travel: { shiftPx: 40, rotationDeg: 10 },
  minScore: 0.5,
} as const

/**
 * Where the part of a frame lies: turned by `rotationDeg` (clockwise on a screen) about `pivot`, a place of the golden frame, then
 * moved. `score` is the correlation of the edges with the template's, −1…1.
 */
export interface Pose {
  readonly dxPx: number
  readonly dyPx: number
  readonly rotationDeg: number
  readonly pivot: Point
  readonly score: number
}

export const middleOf = ({ x, y, width, height }: Rectangle): Point => ({ x: x + width / 2, y: y + height / 2 })

/** A place of the golden frame → the same place of the part in the frame that has this pose. */
export function placePoint(point: Point, { dxPx, dyPx, rotationDeg, pivot }: Pose): Point {
  const angle = (rotationDeg * Math.PI) / 180
  const across = point.x - pivot.x
  const down = point.y - pivot.y
  return {
    x: pivot.x + dxPx + across * Math.cos(angle) - down * Math.sin(angle),
    y: pivot.y + dyPx + across * Math.sin(angle) + down * Math.cos(angle),
  }
}

// Signed distances in pixels, negative inside (I. Quilez, "2D distance functions").

export const distanceToCircle = (x: number, y: number, radius: number): number => Math.hypot(x, y) - radius

export function distanceToRoundedBox(x: number, y: number, halfWidth: number, halfHeight: number, corner: number): number {
  const qx = Math.abs(x) - halfWidth + corner
  const qy = Math.abs(y) - halfHeight + corner
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - corner
}

export interface Segment {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
}

export function distanceToSegment(x: number, y: number, { ax, ay, bx, by }: Segment): number {
  const dx = bx - ax
  const dy = by - ay
  const length2 = dx * dx + dy * dy
  const along = length2 === 0 ? 0 : clamp(((x - ax) * dx + (y - ay) * dy) / length2, 0, 1)
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

export const mix = (a: number, b: number, share: number): number => a + (b - a) * share

export function smoothStep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1)
  return t * t * (3 - 2 * t)
}

/** How much of a pixel lies inside, from the distance of its middle: an edge one pixel and a half wide, as a lens gives it. */
export const coverOf = (distance: number): number => smoothStep(0.75, -0.75, distance)

import { cornersOf, type Point, type Polygon, type Rectangle, type Shape } from '../../src-preload/contract/geometry.ts'
import type { Size } from './viewport.ts'

/** Handles of a rectangle by compass; the letters say which edges move. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Handle = (typeof handles)[number]

/** Shapes lie on whole pixels: what is drawn, what is typed and what is cut are the same numbers. */
export const snap = (point: Point): Point => ({ x: Math.round(point.x), y: Math.round(point.y) })

export const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y })

export const clampToFrame = (point: Point, frame: Size): Point => ({
  x: Math.min(frame.width, Math.max(0, point.x)),
  y: Math.min(frame.height, Math.max(0, point.y)),
})

export function rectangleBetween(a: Point, b: Point): Rectangle {
  const [p, q] = [snap(a), snap(b)]
  return { kind: 'rectangle', x: Math.min(p.x, q.x), y: Math.min(p.y, q.y), width: Math.abs(p.x - q.x), height: Math.abs(p.y - q.y) }
}

export interface Extent {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function extentOf(shape: Shape): Extent {
  const corners = cornersOf(shape)
  const xs = corners.map((p) => p.x)
  const ys = corners.map((p) => p.y)
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

export const shiftShape = (shape: Shape, by: Point): Shape =>
  shape.kind === 'rectangle'
    ? { ...shape, x: shape.x + by.x, y: shape.y + by.y }
    : { kind: 'polygon', points: shape.points.map((p) => ({ x: p.x + by.x, y: p.y + by.y })) }

/** As much of `by` as keeps the shape inside the frame; a shape that is outside already may only come nearer. */
export function allowedShift(shape: Shape, by: Point, frame: Size): Point {
  const { left, top, right, bottom } = extentOf(shape)
  const limit = (wanted: number, low: number, high: number): number => Math.round(Math.min(Math.max(wanted, Math.min(low, 0)), Math.max(high, 0)))
  return { x: limit(by.x, -left, frame.width - right), y: limit(by.y, -top, frame.height - bottom) }
}

export const handlePoint = ({ x, y, width, height }: Rectangle, handle: Handle): Point => ({
  x: handle.includes('w') ? x : handle.includes('e') ? x + width : x + width / 2,
  y: handle.includes('n') ? y : handle.includes('s') ? y + height : y + height / 2,
})

/** Pulls one handle to a point; pulled across the opposite edge, the rectangle turns over. */
export function resizeRectangle({ x, y, width, height }: Rectangle, handle: Handle, to: Point): Rectangle {
  const west = handle.includes('w') ? to.x : x
  const east = handle.includes('e') ? to.x : x + width
  const north = handle.includes('n') ? to.y : y
  const south = handle.includes('s') ? to.y : y + height
  return rectangleBetween({ x: west, y: north }, { x: east, y: south })
}

export const moveVertex = (polygon: Polygon, index: number, to: Point): Polygon => ({
  kind: 'polygon',
  points: polygon.points.with(index, snap(to)),
})

export const insertVertex = (polygon: Polygon, index: number, at: Point): Polygon => ({
  kind: 'polygon',
  points: polygon.points.toSpliced(index, 0, snap(at)),
})

export const removeVertex = (polygon: Polygon, index: number): Polygon => ({ kind: 'polygon', points: polygon.points.toSpliced(index, 1) })

/** The middle of the edge that begins at vertex `index`. */
export function edgeMiddle({ points }: Polygon, index: number): Point {
  const a = points[index]!
  const b = points[(index + 1) % points.length]!
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

export function sameShape(a: Shape, b: Shape): boolean {
  const [p, q] = [cornersOf(a), cornersOf(b)]
  return a.kind === b.kind && p.length === q.length && p.every((corner, i) => corner.x === q[i]!.x && corner.y === q[i]!.y)
}

/** Image coordinates in pixels: origin top left, x to the right, y down; a pixel's centre is at +0.5. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rectangle {
  readonly kind: 'rectangle'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Polygon {
  readonly kind: 'polygon'
  readonly points: readonly Point[]
}

export type Shape = Rectangle | Polygon

/** Whole pixels that cover the shape, clipped to the image. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export const cornersOf = (shape: Shape): readonly Point[] =>
  shape.kind === 'polygon'
    ? shape.points
    : [
        { x: shape.x, y: shape.y },
        { x: shape.x + shape.width, y: shape.y },
        { x: shape.x + shape.width, y: shape.y + shape.height },
        { x: shape.x, y: shape.y + shape.height },
      ]

export function boundsOf(shape: Shape, widthPx: number, heightPx: number): Bounds {
  const corners = cornersOf(shape)
  const left = Math.max(0, Math.floor(Math.min(...corners.map((p) => p.x))))
  const top = Math.max(0, Math.floor(Math.min(...corners.map((p) => p.y))))
  const right = Math.min(widthPx, Math.ceil(Math.max(...corners.map((p) => p.x))))
  const bottom = Math.min(heightPx, Math.ceil(Math.max(...corners.map((p) => p.y))))
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}

/** Even-odd rule; points on an edge count to one side only, so neighbouring shapes share no pixel. */
export function contains(shape: Shape, point: Point): boolean {
  if (shape.kind === 'rectangle')
    return point.x >= shape.x && point.x < shape.x + shape.width && point.y >= shape.y && point.y < shape.y + shape.height
  let inside = false
  const { points } = shape
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const a = points[i]!
    const b = points[j]!
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Area in square pixels (shoelace formula). */
export function areaOf(shape: Shape): number {
  const points = cornersOf(shape)
  return Math.abs(points.reduce((sum, p, i) => sum + cross(p, points[(i + 1) % points.length]!), 0)) / 2
}

const cross = (a: Point, b: Point): number => a.x * b.y - b.x * a.y

/** The first pair of edges that cross, or undefined: a polygon that crosses itself has no inside. */
export function selfCrossing(polygon: Polygon): readonly [number, number] | undefined {
  const { points } = polygon
  const n = points.length
  for (let i = 0; i < n; i++)
    for (let j = i + 2; j < n; j++)
      if (!(i === 0 && j === n - 1) && edgesCross(points[i]!, points[(i + 1) % n]!, points[j]!, points[(j + 1) % n]!)) return [i, j]
  return undefined
}

function edgesCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
}

import { contains, type Point, type Shape } from '../../src-preload/contract/geometry.ts'
import { shapeAt, type Regions, type ShapeRef } from './editorDocument.ts'
import { edgeMiddle, extentOf, handlePoint, handles, type Handle } from './shapes.ts'

/** What lies under the pointer. Handles, vertices and edge middles exist on the selected shape only. */
export type Target =
  | { readonly kind: 'background' }
  | { readonly kind: 'shape'; readonly ref: ShapeRef }
  | { readonly kind: 'handle'; readonly ref: ShapeRef; readonly handle: Handle }
  | { readonly kind: 'vertex'; readonly ref: ShapeRef; readonly index: number }
  | { readonly kind: 'edge'; readonly ref: ShapeRef; readonly index: number }

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/**
 * The nearest grip of the selected shape within `reach` (image pixels), else the shape on top. Reach is what makes a handle
 * large for a finger without drawing it large: the nearest wins, so big reaches never hide a neighbour.
 */
export function targetAt(regions: Regions, selection: ShapeRef | null, at: Point, reach: number): Target {
  const selected = selection && shapeAt(regions, selection)
  if (selected) {
    const grip = nearestGrip(selected, selection, at, reach)
    if (grip) return grip
    if (contains(selected, at)) return { kind: 'shape', ref: selection }
  }
  return shapeUnder(regions, at) ?? { kind: 'background' }
}

function nearestGrip(shape: Shape, ref: ShapeRef, at: Point, reach: number): Target | undefined {
  const grips: { target: Target; point: Point; penalty: number }[] =
    shape.kind === 'rectangle'
      ? handles.map((handle) => ({ target: { kind: 'handle', ref, handle }, point: handlePoint(shape, handle), penalty: 0 }))
      : shape.points.flatMap((point, index) => [
          { target: { kind: 'vertex', ref, index } as const, point, penalty: 0 },
          // A vertex is wanted more often than a new one beside it.
          { target: { kind: 'edge', ref, index } as const, point: edgeMiddle(shape, index), penalty: reach / 3 },
        ])
  // Well inside a small shape the finger means the shape, or it could never be moved.
  const within = contains(shape, at) ? Math.min(reach, shortestSide(shape) / 4) : reach
  const near = grips
    .map(({ target, point, penalty }) => ({ target, away: distance(point, at), rank: distance(point, at) + penalty }))
    .filter(({ away }) => away <= within)
  return near.sort((a, b) => a.rank - b.rank)[0]?.target
}

function shortestSide(shape: Shape): number {
  const { left, top, right, bottom } = extentOf(shape)
  return Math.min(right - left, bottom - top)
}

/** Later regions lie on top, and masks on top of their region. */
function shapeUnder(regions: Regions, at: Point): Target | undefined {
  for (const region of regions.toReversed()) {
    const mask = region.masks.findLastIndex((shape) => contains(shape, at))
    if (mask >= 0) return { kind: 'shape', ref: { regionId: region.id, mask } }
    if (contains(region.shape, at)) return { kind: 'shape', ref: { regionId: region.id, mask: null } }
  }
  return undefined
}

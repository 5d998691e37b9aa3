import type { Point } from '../../../domain/geometry.ts'

/** Turns by `angle` (radians, clockwise on a screen), then moves: places of one grid → places of another. */
export interface Rigid {
  readonly angle: number
  readonly x: number
  readonly y: number
}

/** The movement that turns by `angle` and takes `from` to `to`. */
export function rigidThrough(angle: number, from: Point, to: Point): Rigid {
  const turned = moveRigidly({ angle, x: 0, y: 0 }, from)
  return { angle, x: to.x - turned.x, y: to.y - turned.y }
}

export const moveRigidly = ({ angle, x, y }: Rigid, point: Point): Point => ({
  x: x + point.x * Math.cos(angle) - point.y * Math.sin(angle),
  y: y + point.x * Math.sin(angle) + point.y * Math.cos(angle),
})

/** Row-major 2×3, as OpenCV takes it. */
export const matrixOf = ({ angle, x, y }: Rigid): readonly number[] => [Math.cos(angle), -Math.sin(angle), x, Math.sin(angle), Math.cos(angle), y]

export const rigidOf = ([cos, , x, sin, , y]: ArrayLike<number> & Iterable<number>): Rigid => ({ angle: Math.atan2(sin!, cos!), x: x!, y: y! })

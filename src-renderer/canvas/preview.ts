import type { Shape } from '../../src-preload/contract/geometry.ts'
import type { ShapeRef } from './editorDocument.ts'
import { draggedShape, purposeOf, type DrawnAs, type GestureState } from './gesture.ts'
import { allowedShift, minus, rectangleBetween, shiftShape } from './shapes.ts'
import { shapeTroubles, type ShapeTrouble } from './shapeTrouble.ts'
import type { Size } from './viewport.ts'

/** The shape as it would be if the gesture ended here, and what would be wrong with it. */
export interface Preview {
  readonly shape: Shape
  /** The shape it stands in for; null while drawing a new one. */
  readonly ref: ShapeRef | null
  readonly troubles: readonly ShapeTrouble[]
}

export function previewOf(state: GestureState, frame: Size): Preview | null {
  switch (state.kind) {
    case 'Idle':
    case 'Panning':
      return null
    case 'DrawingRectangle':
      return drawn(rectangleBetween(state.from, state.to), state.as, frame)
    case 'DrawingPolygon':
      return drawn({ kind: 'polygon', points: [...state.points, state.cursor] }, state.as, frame)
    case 'Moving':
      return { ref: state.ref, shape: shiftShape(state.shape, allowedShift(state.shape, minus(state.to, state.from), frame)), troubles: [] }
    case 'Resizing':
    case 'MovingVertex': {
      const shape = draggedShape(state)
      return { ref: state.ref, shape, troubles: shapeTroubles(shape, frame, purposeOf(state.ref)) }
    }
  }
}

const drawn = (shape: Shape, as: DrawnAs, frame: Size): Preview => ({ ref: null, shape, troubles: shapeTroubles(shape, frame, as.kind) })

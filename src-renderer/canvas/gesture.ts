import type { Point, Polygon, Rectangle, RegionId, Shape } from '../../src-preload/contract/geometry.ts'
import type { ShapeRef } from './editorDocument.ts'
import { allowedShift, clampToFrame, edgeMiddle, handlePoint, insertVertex, minus, moveVertex, rectangleBetween, resizeRectangle, snap, type Handle } from './shapes.ts'
import { shapeTroubles, type Purpose, type ShapeTrouble } from './shapeTrouble.ts'
import type { Target } from './target.ts'
import type { Size } from './viewport.ts'

/** What a new shape is drawn as: a region of its own, or a mask of one. */
export type DrawnAs = { readonly kind: 'region' } | { readonly kind: 'mask'; readonly regionId: RegionId }

/** `grab` is the way from the pointer to the grip it took: a finger beside a handle must not make it jump. */
export type GestureState =
  | { readonly kind: 'Idle' }
  | { readonly kind: 'DrawingRectangle'; readonly as: DrawnAs; readonly from: Point; readonly to: Point; readonly pressed: boolean }
  | { readonly kind: 'DrawingPolygon'; readonly as: DrawnAs; readonly points: readonly Point[]; readonly cursor: Point }
  | { readonly kind: 'Moving'; readonly ref: ShapeRef; readonly shape: Shape; readonly from: Point; readonly to: Point }
  | { readonly kind: 'Resizing'; readonly ref: ShapeRef; readonly shape: Rectangle; readonly handle: Handle; readonly grab: Point; readonly to: Point }
  | { readonly kind: 'MovingVertex'; readonly ref: ShapeRef; readonly shape: Polygon; readonly index: number; readonly grab: Point; readonly to: Point }
  | { readonly kind: 'Panning'; readonly last: Point }

/** What pressing here would begin; the editor works it out from the tool, the target and the selection. */
export type Press =
  | { readonly kind: 'pan' }
  | { readonly kind: 'rectangle'; readonly as: DrawnAs }
  | { readonly kind: 'polygon'; readonly as: DrawnAs }
  | { readonly kind: 'grip'; readonly target: Exclude<Target, { kind: 'background' }>; readonly shape: Shape }

/** `at` in image pixels, `screen` in CSS pixels of the pane; `closePx` is how near (image pixels) counts as the same place. */
export type GestureEvent =
  | { readonly kind: 'pointerDown'; readonly at: Point; readonly screen: Point; readonly press: Press; readonly closePx: number }
  | { readonly kind: 'pointerMove'; readonly at: Point; readonly screen: Point }
  | { readonly kind: 'pointerUp'; readonly at: Point; readonly closePx: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'stepBack' }
  | { readonly kind: 'cancel' }

/** What a gesture wants done; the editor gives a new shape its id and name. */
export type GestureEdit =
  | { readonly kind: 'draw'; readonly as: DrawnAs; readonly shape: Shape }
  | { readonly kind: 'replace'; readonly ref: ShapeRef; readonly shape: Shape }
  | { readonly kind: 'move'; readonly ref: ShapeRef; readonly by: Point }
  | { readonly kind: 'pan'; readonly by: Point }
  | { readonly kind: 'select'; readonly ref: ShapeRef; readonly vertex: number | null }

export interface GestureStep {
  readonly state: GestureState
  readonly edits: readonly GestureEdit[]
  /** Why the shape was not taken. */
  readonly refused?: readonly ShapeTrouble[]
}

export const idle: GestureState = { kind: 'Idle' }

const stay = (state: GestureState): GestureStep => ({ state, edits: [] })
const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y })
const isNear = (a: Point, b: Point, reach: number): boolean => Math.hypot(a.x - b.x, a.y - b.y) <= reach

/** The whole of drawing and editing by pointer: pure, and `cancel` always leads back to Idle with nothing changed. */
export function nextGesture(state: GestureState, event: GestureEvent, frame: Size): GestureStep {
  if (event.kind === 'cancel') return stay(idle)
  switch (state.kind) {
    case 'Idle':
      return event.kind === 'pointerDown' ? begin(event, frame) : stay(state)
    case 'DrawingRectangle':
      return drawRectangle(state, event, frame)
    case 'DrawingPolygon':
      return drawPolygon(state, event, frame)
    case 'Panning':
      return pan(state, event)
    case 'Moving':
    case 'Resizing':
    case 'MovingVertex':
      return drag(state, event, frame)
  }
}

function begin({ at, screen, press }: Extract<GestureEvent, { kind: 'pointerDown' }>, frame: Size): GestureStep {
  const inside = snap(clampToFrame(at, frame))
  if (press.kind === 'pan') return stay({ kind: 'Panning', last: screen })
  if (press.kind === 'rectangle') return stay({ kind: 'DrawingRectangle', as: press.as, from: inside, to: inside, pressed: true })
  if (press.kind === 'polygon') return stay({ kind: 'DrawingPolygon', as: press.as, points: [inside], cursor: inside })
  return take(press, at)
}

function take({ target, shape }: Extract<Press, { kind: 'grip' }>, at: Point): GestureStep {
  const { ref } = target
  const select = (vertex: number | null): GestureEdit => ({ kind: 'select', ref, vertex })
  if (target.kind === 'handle' && shape.kind === 'rectangle') {
    const grip = handlePoint(shape, target.handle)
    return stay({ kind: 'Resizing', ref, shape, handle: target.handle, grab: minus(grip, at), to: grip })
  }
  if (target.kind === 'vertex' && shape.kind === 'polygon') {
    const grip = shape.points[target.index]!
    return { state: { kind: 'MovingVertex', ref, shape, index: target.index, grab: minus(grip, at), to: grip }, edits: [select(target.index)] }
  }
  if (target.kind === 'edge' && shape.kind === 'polygon') {
    const grip = snap(edgeMiddle(shape, target.index))
    return stay({ kind: 'MovingVertex', ref, shape: insertVertex(shape, target.index + 1, grip), index: target.index + 1, grab: minus(grip, at), to: grip })
  }
  return { state: { kind: 'Moving', ref, shape, from: at, to: at }, edits: [select(null)] }
}

type Drawing<K extends GestureState['kind']> = Extract<GestureState, { kind: K }>

/** Press, drag, release; or click one corner and then the other (no drag needed). */
function drawRectangle(state: Drawing<'DrawingRectangle'>, event: GestureEvent, frame: Size): GestureStep {
  switch (event.kind) {
    case 'pointerMove':
      return stay({ ...state, to: snap(clampToFrame(event.at, frame)) })
    case 'pointerDown':
      return stay({ ...state, to: snap(clampToFrame(event.at, frame)), pressed: true })
    case 'pointerUp':
      if (isNear(state.from, event.at, event.closePx)) return stay({ ...state, pressed: false })
      return offer({ ...state, to: snap(clampToFrame(event.at, frame)) }, frame)
    case 'finish':
      return offer(state, frame)
    default:
      return stay(idle)
  }
}

function offer(state: Drawing<'DrawingRectangle'>, frame: Size): GestureStep {
  const shape = rectangleBetween(state.from, state.to)
  const refused = shapeTroubles(shape, frame, state.as.kind)
  return refused.length > 0 ? { state: idle, edits: [], refused } : { state: idle, edits: [{ kind: 'draw', as: state.as, shape }] }
}

/** Each click is a corner; a click on the first corner, or `finish`, closes it. Refused closings leave the corners to mend. */
function drawPolygon(state: Drawing<'DrawingPolygon'>, event: GestureEvent, frame: Size): GestureStep {
  switch (event.kind) {
    case 'pointerMove':
      return stay({ ...state, cursor: snap(clampToFrame(event.at, frame)) })
    case 'pointerDown': {
      const at = snap(clampToFrame(event.at, frame))
      if (state.points.length >= 3 && isNear(state.points[0]!, at, event.closePx)) return close(state, frame)
      // A double click is one corner, not two in the same place.
      return isNear(state.points.at(-1)!, at, 0) ? stay(state) : stay({ ...state, points: [...state.points, at], cursor: at })
    }
    case 'finish':
      return close(state, frame)
    case 'stepBack':
      return state.points.length > 1 ? stay({ ...state, points: state.points.slice(0, -1) }) : stay(idle)
    default:
      return stay(state)
  }
}

function close(state: Drawing<'DrawingPolygon'>, frame: Size): GestureStep {
  const shape: Polygon = { kind: 'polygon', points: state.points }
  const refused = shapeTroubles(shape, frame, state.as.kind)
  return refused.length > 0 ? { state, edits: [], refused } : { state: idle, edits: [{ kind: 'draw', as: state.as, shape }] }
}

function pan(state: Drawing<'Panning'>, event: GestureEvent): GestureStep {
  if (event.kind === 'pointerMove') return { state: { kind: 'Panning', last: event.screen }, edits: [{ kind: 'pan', by: minus(event.screen, state.last) }] }
  return stay(event.kind === 'pointerUp' ? idle : state)
}

function drag(state: Drawing<'Moving' | 'Resizing' | 'MovingVertex'>, event: GestureEvent, frame: Size): GestureStep {
  if (event.kind === 'pointerMove') return stay({ ...state, to: state.kind === 'Moving' ? event.at : clampToFrame(plus(event.at, state.grab), frame) })
  if (event.kind === 'pointerUp') return drop(state, frame)
  return stay(state)
}

function drop(state: Drawing<'Moving' | 'Resizing' | 'MovingVertex'>, frame: Size): GestureStep {
  const { ref } = state
  if (state.kind === 'Moving') return { state: idle, edits: [{ kind: 'move', ref, by: allowedShift(state.shape, minus(state.to, state.from), frame) }] }
  const shape = draggedShape(state)
  const refused = shapeTroubles(shape, frame, purposeOf(ref))
  if (refused.length > 0) return { state: idle, edits: [], refused }
  const vertex = state.kind === 'MovingVertex' ? state.index : null
  return { state: idle, edits: [{ kind: 'replace', ref, shape }, { kind: 'select', ref, vertex }] }
}

export const purposeOf = (ref: ShapeRef): Purpose => (ref.mask === null ? 'region' : 'mask')

/** What a handle or vertex in hand has made of its shape. */
export const draggedShape = (state: Drawing<'Resizing' | 'MovingVertex'>): Shape =>
  state.kind === 'Resizing' ? resizeRectangle(state.shape, state.handle, state.to) : moveVertex(state.shape, state.index, state.to)

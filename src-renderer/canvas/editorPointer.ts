import type { Point, RegionId } from '../../src-preload/contract/geometry.ts'
import { findRegion, shapeAt, type Regions } from './editorDocument.ts'
import { draw } from './editorEdits.ts'
import { commit, type Editor } from './editorState.ts'
import { nextGesture, type GestureEdit, type GestureEvent, type Press } from './gesture.ts'
import { clampToFrame } from './shapes.ts'
import { targetAt } from './target.ts'
import { panBy, toImage, toScreen } from './viewport.ts'

/** `reachPx` is how far from a handle the pointer still takes it, in CSS pixels; `pans` is the middle button. */
export interface PointerPress {
  readonly screen: Point
  readonly reachPx: number
  readonly pans?: boolean
}

export function pointerDown(editor: Editor, { screen, reachPx, pans }: PointerPress): Editor {
  if (!editor.view) return editor
  const at = toImage(editor.view, screen)
  const reach = reachPx / editor.view.scale
  const press = pans ? ({ kind: 'pan' } as const) : pressAt(editor, at, reach)
  if (!press) return { ...editor, notices: [{ code: 'noRegionForMask', params: {} }] }
  const clear = editor.tool === 'select' && press.kind === 'pan' && !pans
  return gesture(clear ? { ...editor, selection: null } : editor, { kind: 'pointerDown', at, screen, press, closePx: reach })
}

function pressAt(editor: Editor, at: Point, reach: number): Press | undefined {
  const { tool, document, selection } = editor
  if (tool === 'pan') return { kind: 'pan' }
  if (tool === 'rectangle' || tool === 'polygon') return { kind: tool, as: { kind: 'region' } }
  const target = targetAt(document.regions, selection, at, reach)
  if (tool === 'select') return target.kind === 'background' ? { kind: 'pan' } : { kind: 'grip', target, shape: shapeAt(document.regions, target.ref)! }
  const regionId = selection?.regionId ?? (target.kind === 'background' ? onlyRegion(document.regions) : target.ref.regionId)
  const kind = tool === 'maskRectangle' ? 'rectangle' : 'polygon'
  return regionId && findRegion(document.regions, regionId) ? { kind, as: { kind: 'mask', regionId } } : undefined
}

const onlyRegion = (regions: Regions): RegionId | undefined => (regions.length === 1 ? regions[0]!.id : undefined)

/** Passes one event to the gesture under way and does what it wants done. */
export function gesture(editor: Editor, event: GestureEvent): Editor {
  const { state, edits, refused } = nextGesture(editor.gesture, event, editor.frame)
  const notices = event.kind === 'pointerMove' ? editor.notices : (refused ?? [])
  return edits.reduce(applyGestureEdit, { ...editor, gesture: state, notices })
}

function applyGestureEdit(editor: Editor, edit: GestureEdit): Editor {
  switch (edit.kind) {
    case 'pan':
      return editor.view ? { ...editor, view: panBy(editor.view, edit.by) } : editor
    case 'select':
      return { ...editor, selection: { ...edit.ref, vertex: edit.vertex } }
    case 'draw':
      return draw(editor, edit.as, edit.shape)
    case 'replace':
    case 'move':
      return commit(editor, edit)
  }
}

const crossStart = ({ width, height }: Editor['frame']): Point => ({ x: Math.round(width / 2), y: Math.round(height / 2) })

/** The keys' pointer: arrows move it, beginning in the middle of the picture. */
export function moveCross(editor: Editor, by: Point): Editor {
  const from = editor.cross ?? crossStart(editor.frame)
  const cross = clampToFrame({ x: from.x + by.x, y: from.y + by.y }, editor.frame)
  return gesture({ ...editor, cross }, { kind: 'pointerMove', at: cross, screen: cross })
}

/** A click where the cross stands; the first one only brings it up. */
export function placeCorner(editor: Editor): Editor {
  if (!editor.view || !editor.cross) return { ...editor, cross: crossStart(editor.frame) }
  const screen = toScreen(editor.view, editor.cross)
  const pressed = pointerDown(editor, { screen, reachPx: 1 })
  return gesture(pressed, { kind: 'pointerUp', at: editor.cross, closePx: 1 / editor.view.scale })
}

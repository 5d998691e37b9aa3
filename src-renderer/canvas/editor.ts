import type { Point, RegionId, Shape } from '../../src-preload/contract/geometry.ts'
import { redo, undo, type Regions, type ShapeRef } from './editorDocument.ts'
import { addInCentre, addVertex, duplicate, nudge, remove, replaceShape } from './editorEdits.ts'
import { gesture, moveCross, placeCorner, pointerDown, type PointerPress } from './editorPointer.ts'
import { commit, isDrawingTool, openEditor, withSoundSelection, type Editor, type Selection, type Tool } from './editorState.ts'
import { idle } from './gesture.ts'
import { fitViewport, toImage, zoomAt, type Size } from './viewport.ts'

export type EditorCommand =
  | { readonly kind: 'resizePane'; readonly pane: Size }
  | { readonly kind: 'zoom'; readonly factor: number; readonly at?: Point }
  | { readonly kind: 'fit' }
  | { readonly kind: 'adopt'; readonly regions: Regions; readonly frame: Size }
  | { readonly kind: 'setTool'; readonly tool: Tool }
  | { readonly kind: 'select'; readonly selection: Selection | null }
  | ({ readonly kind: 'pointerDown' } & PointerPress)
  | { readonly kind: 'pointerMove'; readonly screen: Point }
  | { readonly kind: 'pointerUp'; readonly screen: Point; readonly reachPx: number }
  | { readonly kind: 'place' | 'finish' | 'stepBack' | 'cancel' | 'undo' | 'redo' | 'remove' | 'duplicate' | 'addVertex' }
  | { readonly kind: 'nudge'; readonly by: Point; readonly continues: boolean }
  | { readonly kind: 'setShape'; readonly ref: ShapeRef; readonly shape: Shape }
  | { readonly kind: 'rename'; readonly regionId: RegionId; readonly name: string }
  | { readonly kind: 'addInCentre' }

/** The one place where the editor changes. Every document it leaves behind holds only shapes that may be sent, or that came from outside. */
export const nextEditor = (editor: Editor, command: EditorCommand): Editor => withSoundSelection(follow(editor, command))

function follow(editor: Editor, command: EditorCommand): Editor {
  switch (command.kind) {
    case 'resizePane':
      return { ...editor, pane: command.pane, view: fitViewport(editor.frame, command.pane) }
    case 'fit':
      return editor.pane ? { ...editor, view: fitViewport(editor.frame, editor.pane) } : editor
    case 'zoom':
      return zoom(editor, command.factor, command.at)
    case 'adopt':
      return adopt(editor, command.regions, command.frame)
    case 'setTool':
      return { ...editor, tool: command.tool, gesture: idle, cross: null, notices: [] }
    case 'select':
      return { ...editor, selection: command.selection, gesture: idle, notices: [] }
    case 'pointerDown':
      return pointerDown({ ...editor, cross: null }, command)
    case 'pointerMove':
      return editor.view && editor.gesture !== idle
        ? gesture(editor, { kind: 'pointerMove', at: toImage(editor.view, command.screen), screen: command.screen })
        : editor
    case 'pointerUp':
      return editor.view && editor.gesture !== idle
        ? gesture(editor, { kind: 'pointerUp', at: toImage(editor.view, command.screen), closePx: command.reachPx / editor.view.scale })
        : editor
    case 'place':
      return placeCorner(editor)
    case 'finish':
      return editor.gesture === idle && isDrawingTool(editor.tool) ? placeCorner(editor) : gesture(editor, { kind: 'finish' })
    case 'stepBack':
      return gesture(editor, { kind: command.kind })
    case 'cancel':
      return cancel(editor)
    case 'undo':
      return editor.gesture === idle ? { ...editor, document: undo(editor.document), notices: [] } : gesture(editor, { kind: 'cancel' })
    case 'redo':
      return { ...editor, document: redo(editor.document), gesture: idle, notices: [] }
    case 'remove':
      return remove(editor)
    case 'duplicate':
      return duplicate(editor)
    case 'addVertex':
      return addVertex(editor)
    case 'nudge':
      return isDrawingTool(editor.tool) ? moveCross(editor, command.by) : nudge(editor, command.by, command.continues)
    case 'setShape':
      return replaceShape(editor, command.ref, command.shape)
    case 'rename':
      return commit(editor, { kind: 'rename', regionId: command.regionId, name: command.name })
    case 'addInCentre':
      return addInCentre(editor)
  }
}

function zoom(editor: Editor, factor: number, at?: Point): Editor {
  if (!editor.view || !editor.pane) return editor
  const centre = { x: editor.pane.width / 2, y: editor.pane.height / 2 }
  return { ...editor, view: zoomAt(editor.view, factor, at ?? centre, fitViewport(editor.frame, editor.pane)) }
}

/** Regions that changed elsewhere become one more step, so that undo reaches back over them too. */
function adopt(editor: Editor, regions: Regions, frame: Size): Editor {
  const { document } = editor
  const sameFrame = frame.width === editor.frame.width && frame.height === editor.frame.height
  const next: Editor = {
    ...editor,
    frame,
    view: sameFrame || !editor.pane ? editor.view : fitViewport(frame, editor.pane),
    document: { regions, past: { regions: document.regions, before: document.past }, future: null },
    gesture: idle,
  }
  return { ...next, nextNumber: Math.max(editor.nextNumber, openEditor(regions, frame, '').nextNumber) }
}

/** Esc goes outwards: the gesture, then the tool, then the selection. */
function cancel(editor: Editor): Editor {
  if (editor.gesture !== idle) return { ...gesture(editor, { kind: 'cancel' }), notices: [] }
  if (editor.tool !== 'select') return { ...editor, tool: 'select', notices: [] }
  return { ...editor, selection: null, notices: [] }
}

import type { Point } from '../../src-preload/contract/geometry.ts'
import { editDocument, findRegion, openDocument, shapeAt, type DocumentEdit, type EditorDocument, type Regions, type ShapeRef } from './editorDocument.ts'
import { idle, type GestureState } from './gesture.ts'
import { shapeTroubles, type ShapeTrouble } from './shapeTrouble.ts'
import type { Size, Viewport } from './viewport.ts'

export const tools = ['select', 'rectangle', 'polygon', 'maskRectangle', 'maskPolygon', 'pan'] as const
export type Tool = (typeof tools)[number]

export const isDrawingTool = (tool: Tool): boolean => tool !== 'select' && tool !== 'pan'

/** The shape the keys and fields act on, and one of its vertices when that is meant. */
export interface Selection extends ShapeRef {
  readonly vertex: number | null
}

/** Why the last command changed nothing: a key below `wizard.trouble.`. */
export type Notice = ShapeTrouble | { readonly code: 'noRegionForMask' | 'tooManyRegions'; readonly params: Readonly<Record<string, number>> }

/** Everything the region editor knows. `view` is null until the pane has a size. */
export interface Editor {
  readonly frame: Size
  readonly pane: Size | null
  readonly view: Viewport | null
  readonly document: EditorDocument
  readonly tool: Tool
  readonly selection: Selection | null
  readonly gesture: GestureState
  /** Where the keys would draw, in image pixels; null while the pointer draws. */
  readonly cross: Point | null
  readonly notices: readonly Notice[]
  /** Numbers are not used twice in one sitting, so a deleted region's name does not come back as another's. */
  readonly nextNumber: number
  /** What a new region is called before its number: the language's word. */
  readonly regionWord: string
}

export const maxRegions = 50

export const openEditor = (regions: Regions, frame: Size, regionWord: string): Editor => ({
  frame,
  pane: null,
  view: null,
  document: openDocument(regions),
  tool: 'select',
  selection: null,
  gesture: idle,
  cross: null,
  notices: [],
  nextNumber: 1 + Math.max(0, ...regions.map((region) => Number(/\d+$/.exec(region.id)?.[0] ?? 0))),
  regionWord,
})

export const commit = (editor: Editor, edit: DocumentEdit, continues = false): Editor => ({
  ...editor,
  document: editDocument(editor.document, edit, { continues }),
})

/** A selection whose shape or vertex is gone (undone, deleted, changed elsewhere) falls back to what is left of it. */
export function withSoundSelection(editor: Editor): Editor {
  const { selection, document } = editor
  if (!selection) return editor
  const shape = shapeAt(document.regions, selection)
  if (!shape) {
    const region = selection.mask !== null && findRegion(document.regions, selection.regionId)
    return { ...editor, selection: region ? { regionId: region.id, mask: null, vertex: null } : null }
  }
  const vertices = shape.kind === 'polygon' ? shape.points.length : 0
  return selection.vertex === null || selection.vertex < vertices ? editor : { ...editor, selection: { ...selection, vertex: null } }
}

/** Troubles of every shape in the document: what came from a camera with another frame may no longer fit this one. */
export const documentTroubles = (regions: Regions, frame: Size): readonly { readonly ref: ShapeRef; readonly troubles: readonly ShapeTrouble[] }[] =>
  regions
    .flatMap((region) => [
      { ref: { regionId: region.id, mask: null }, troubles: shapeTroubles(region.shape, frame, 'region') },
      ...region.masks.map((mask, index) => ({ ref: { regionId: region.id, mask: index }, troubles: shapeTroubles(mask, frame, 'mask') })),
    ])
    .filter(({ troubles }) => troubles.length > 0)

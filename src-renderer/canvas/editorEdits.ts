import type { Point, Polygon, RegionId, Shape } from '../../src-preload/contract/geometry.ts'
import { editDocument, findRegion, shapeAt, type ShapeRef } from './editorDocument.ts'
import { commit, maxRegions, type Editor } from './editorState.ts'
import { idle, type DrawnAs } from './gesture.ts'
import { allowedShift, clampToFrame, edgeMiddle, extentOf, insertVertex, moveVertex, removeVertex } from './shapes.ts'
import { shapeTroubles } from './shapeTrouble.ts'
import type { Size } from './viewport.ts'

/** After drawing, the new shape is selected and the tool is back at select: the next thing wanted is to adjust it. */
export function draw(editor: Editor, as: DrawnAs, shape: Shape): Editor {
  if (as.kind === 'region') return addRegion(editor, shape, [])
  const mask = findRegion(editor.document.regions, as.regionId)?.masks.length ?? 0
  const next = commit(editor, { kind: 'addMask', regionId: as.regionId, shape })
  return { ...next, tool: 'select', selection: { regionId: as.regionId, mask, vertex: null } }
}

function addRegion(editor: Editor, shape: Shape, masks: readonly Shape[]): Editor {
  if (editor.document.regions.length >= maxRegions) return { ...editor, notices: [{ code: 'tooManyRegions', params: { most: maxRegions } }] }
  const id = `region-${editor.nextNumber}` as RegionId
  const region = { id, name: `${editor.regionWord} ${editor.nextNumber}`, shape, masks }
  const next = commit(editor, { kind: 'add', region })
  return { ...next, tool: 'select', selection: { regionId: id, mask: null, vertex: null }, nextNumber: editor.nextNumber + 1 }
}

export function remove(editor: Editor): Editor {
  const { selection, document } = editor
  if (!selection || editor.gesture !== idle) return editor
  const shape = shapeAt(document.regions, selection)
  if (selection.vertex !== null && shape?.kind === 'polygon')
    return { ...replaceShape(editor, selection, removeVertex(shape, selection.vertex)), selection: { ...selection, vertex: null } }
  const parent = selection.mask === null ? null : { regionId: selection.regionId, mask: null, vertex: null }
  return { ...commit(editor, { kind: 'remove', ref: selection }), selection: parent, notices: [] }
}

const duplicateOffsetPx = 20

export function duplicate(editor: Editor): Editor {
  const { selection, document, frame } = editor
  const region = selection && findRegion(document.regions, selection.regionId)
  if (!region) return editor
  const by = stepAside(region.shape, frame)
  const added = addRegion(editor, region.shape, region.masks)
  return added.selection && added.document !== document ? { ...added, document: editDocument(added.document, { kind: 'move', ref: added.selection, by }, { continues: true }) } : added
}

/** Down and to the right, or the other way where the frame ends. */
function stepAside(shape: Shape, frame: Size): Point {
  const { right, bottom } = extentOf(shape)
  const step = { x: right + duplicateOffsetPx > frame.width ? -duplicateOffsetPx : duplicateOffsetPx, y: bottom + duplicateOffsetPx > frame.height ? -duplicateOffsetPx : duplicateOffsetPx }
  return allowedShift(shape, step, frame)
}

/** In the middle of the edge after the selected vertex, or of the first edge. */
export function addVertex(editor: Editor): Editor {
  const { selection, document } = editor
  const shape = selection && shapeAt(document.regions, selection)
  if (!selection || shape?.kind !== 'polygon') return editor
  const edge = selection.vertex ?? 0
  const next = replaceShape(editor, selection, insertVertex(shape, edge + 1, edgeMiddle(shape, edge)))
  return { ...next, selection: { ...selection, vertex: edge + 1 } }
}

export function nudge(editor: Editor, by: Point, continues: boolean): Editor {
  const { selection, document, frame } = editor
  const shape = selection && shapeAt(document.regions, selection)
  if (!selection || !shape || editor.gesture !== idle) return editor
  if (selection.vertex === null || shape.kind !== 'polygon')
    return { ...commit(editor, { kind: 'move', ref: selection, by: allowedShift(shape, by, frame) }, continues), notices: [] }
  return replaceShape(editor, selection, nudgedVertex(shape, selection.vertex, by, frame), continues)
}

function nudgedVertex(polygon: Polygon, index: number, by: Point, frame: Size): Polygon {
  const vertex = polygon.points[index]!
  return moveVertex(polygon, index, clampToFrame({ x: vertex.x + by.x, y: vertex.y + by.y }, frame))
}

/** Takes the shape if it may be sent; otherwise says why and leaves everything as it was. */
export function replaceShape(editor: Editor, ref: ShapeRef, shape: Shape, continues = false): Editor {
  const notices = shapeTroubles(shape, editor.frame, ref.mask === null ? 'region' : 'mask')
  return notices.length > 0 ? { ...editor, notices } : { ...commit(editor, { kind: 'replace', ref, shape }, continues), notices }
}

/** The picture but for a margin of a twelfth: a region without drawing one, which looks at the whole part. */
export function addInCentre(editor: Editor): Editor {
  const { width, height } = editor.frame
  const [x, y] = [Math.round(width / 12), Math.round(height / 12)]
  return addRegion(editor, { kind: 'rectangle', x, y, width: width - 2 * x, height: height - 2 * y }, [])
}

import type { Point, RegionId, Shape } from '../../src-preload/contract/geometry.ts'
import { sameShape, shiftShape } from './shapes.ts'

export interface Region {
  readonly id: RegionId
  readonly name: string
  readonly shape: Shape
  readonly masks: readonly Shape[]
}
export type Regions = readonly Region[]

/** One shape of the document: a region's outline (`mask` null) or one of its masks. */
export interface ShapeRef {
  readonly regionId: RegionId
  readonly mask: number | null
}

export type DocumentEdit =
  | { readonly kind: 'add'; readonly region: Region }
  | { readonly kind: 'addMask'; readonly regionId: RegionId; readonly shape: Shape }
  | { readonly kind: 'replace'; readonly ref: ShapeRef; readonly shape: Shape }
  | { readonly kind: 'move'; readonly ref: ShapeRef; readonly by: Point }
  | { readonly kind: 'remove'; readonly ref: ShapeRef }
  | { readonly kind: 'rename'; readonly regionId: RegionId; readonly name: string }

interface Step {
  readonly regions: Regions
  readonly before: Step | null
}

/** The regions and every state they were in: linked lists, so a thousand undos cost what one does. */
export interface EditorDocument {
  readonly regions: Regions
  readonly past: Step | null
  readonly future: Step | null
}

export const openDocument = (regions: Regions): EditorDocument => ({ regions, past: null, future: null })

/** `continues` folds the edit into the one before it (a held-down arrow key is one step back, not forty). */
export function editDocument(document: EditorDocument, edit: DocumentEdit, options: { readonly continues?: boolean } = {}): EditorDocument {
  const regions = applyEdit(document.regions, edit)
  if (regions === document.regions) return document
  const past = options.continues && document.past ? document.past : { regions: document.regions, before: document.past }
  return { regions, past, future: null }
}

export function undo(document: EditorDocument): EditorDocument {
  const { regions, past, future } = document
  return past ? { regions: past.regions, past: past.before, future: { regions, before: future } } : document
}

export function redo(document: EditorDocument): EditorDocument {
  const { regions, past, future } = document
  return future ? { regions: future.regions, past: { regions, before: past }, future: future.before } : document
}

export const findRegion = (regions: Regions, id: RegionId): Region | undefined => regions.find((region) => region.id === id)

export function shapeAt(regions: Regions, ref: ShapeRef): Shape | undefined {
  const region = findRegion(regions, ref.regionId)
  return ref.mask === null ? region?.shape : region?.masks[ref.mask]
}

/** An edit whose shape is gone (deleted meanwhile) leaves the regions as they are. */
function applyEdit(regions: Regions, edit: DocumentEdit): Regions {
  switch (edit.kind) {
    case 'add':
      return [...regions, edit.region]
    case 'addMask':
      return change(regions, edit.regionId, (region) => ({ ...region, masks: [...region.masks, edit.shape] }))
    case 'rename':
      return change(regions, edit.regionId, (region) => (region.name === edit.name ? region : { ...region, name: edit.name }))
    case 'replace':
      return replace(regions, edit.ref, edit.shape)
    case 'move':
      return change(regions, edit.ref.regionId, (region) => moved(region, edit.ref.mask, edit.by))
    case 'remove':
      return remove(regions, edit.ref)
  }
}

function change(regions: Regions, id: RegionId, to: (region: Region) => Region): Regions {
  const index = regions.findIndex((region) => region.id === id)
  const region = regions[index]
  if (!region) return regions
  const next = to(region)
  return next === region ? regions : regions.with(index, next)
}

function replace(regions: Regions, ref: ShapeRef, shape: Shape): Regions {
  const old = shapeAt(regions, ref)
  return !old || sameShape(old, shape) ? regions : change(regions, ref.regionId, (region) => withShape(region, ref.mask, () => shape))
}

function withShape(region: Region, mask: number | null, to: (shape: Shape) => Shape): Region {
  if (mask === null) return { ...region, shape: to(region.shape) }
  const old = region.masks[mask]
  return old ? { ...region, masks: region.masks.with(mask, to(old)) } : region
}

/** A region takes its masks along: they cover something on the part, and the part has moved. */
function moved(region: Region, mask: number | null, by: Point): Region {
  if (by.x === 0 && by.y === 0) return region
  const shift = (shape: Shape): Shape => shiftShape(shape, by)
  const outline = withShape(region, mask, shift)
  return mask === null ? { ...outline, masks: region.masks.map(shift) } : outline
}

function remove(regions: Regions, { regionId, mask }: ShapeRef): Regions {
  if (mask !== null) return change(regions, regionId, (region) => (region.masks[mask] ? { ...region, masks: region.masks.toSpliced(mask, 1) } : region))
  return findRegion(regions, regionId) ? regions.filter((region) => region.id !== regionId) : regions
}

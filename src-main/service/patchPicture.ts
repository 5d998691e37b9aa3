import type { Pose } from '../domain/alignment.ts'
import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'
import type { RegionId, Sha256 } from '../domain/ids.ts'
import type { FrameLimits } from '../domain/recipe.ts'
import type { Heatmap } from '../domain/verdict.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { PatchPicture } from '../../src-preload/contract/explanation.ts'

/** A place in a model's map. */
export interface Cell {
  readonly x: number
  readonly y: number
}

/** A patch and what is shown around it, in pixels of the image or, for an aligned part, of the golden frame. */
export interface PatchWindow {
  readonly patch: Bounds
  readonly window: Bounds
}

/** Cells each way from the middle: a patch is the mean of 3×3, and so much around it tells where one is. */
const patchReach = 1.5
const windowReach = 4.5
const pictureWidthPx = 240

export function hottestCell({ cells, mapWidth }: Heatmap): Cell {
  const hottest = cells.indexOf(cells.reduce((most, cell) => Math.max(most, cell), 0))
  return { x: hottest % mapWidth, y: Math.floor(hottest / mapWidth) }
}

/** The window is moved where it would reach over the edge of the image. */
export function windowAround({ x, y }: Cell, { bounds, mapWidth, mapHeight }: Heatmap, image: Pick<FrameLimits, 'widthPx' | 'heightPx'>): PatchWindow {
  const [cellWidth, cellHeight] = [bounds.width / mapWidth, bounds.height / mapHeight]
  const middle = { x: bounds.left + (x + 0.5) * cellWidth, y: bounds.top + (y + 0.5) * cellHeight }
  const boxOf = (reach: number): Bounds => ({ left: middle.x - reach * cellWidth, top: middle.y - reach * cellHeight, width: 2 * reach * cellWidth, height: 2 * reach * cellHeight })
  const wide = boxOf(windowReach)
  const width = Math.min(Math.round(wide.width), image.widthPx)
  const height = Math.min(Math.round(wide.height), image.heightPx)
  const left = Math.max(0, Math.min(image.widthPx - width, Math.round(wide.left)))
  const top = Math.max(0, Math.min(image.heightPx - height, Math.round(wide.top)))
  return { patch: boxOf(patchReach), window: { left, top, width, height } }
}

/** The window as a small JPEG, turned back with the part. */
export async function drawPatch(image: PixelImage, { patch, window }: PatchWindow, pixels: Pick<PixelsPort, 'cut' | 'preview'>, pose: Pose | undefined): Promise<PatchPicture> {
  const size = { inputWidthPx: pictureWidthPx, inputHeightPx: Math.max(1, Math.round((pictureWidthPx * window.height) / window.width)) }
  const shape = { kind: 'rectangle', x: window.left, y: window.top, width: window.width, height: window.height } as const
  const [crop] = await pixels.cut(image, [{ id: 'patch' as RegionId, shape, masks: [], model: { sha256: '' as Sha256, ...size } }], pose)
  const jpeg = await pixels.preview({ widthPx: crop!.widthPx, heightPx: crop!.heightPx, channels: 3, data: crop!.data }, pictureWidthPx)
  return { jpeg: new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), window, patch }
}

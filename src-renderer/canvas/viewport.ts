import type { Point } from '../../src-preload/contract/geometry.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Where the image lies in its pane: screen = image × scale + offset, in CSS pixels. */
export interface Viewport {
  readonly scale: number
  readonly offset: Point
}

const maxScale = 16
const marginPx = 12

export function fitViewport(frame: Size, pane: Size): Viewport {
  const room = { width: Math.max(1, pane.width - 2 * marginPx), height: Math.max(1, pane.height - 2 * marginPx) }
  const scale = Math.min(room.width / frame.width, room.height / frame.height, maxScale)
  return { scale, offset: { x: (pane.width - frame.width * scale) / 2, y: (pane.height - frame.height * scale) / 2 } }
}

/** Zooms by `factor` and keeps the image point under `at` (screen) where it is; never farther out than half the fit. */
export function zoomAt(view: Viewport, factor: number, at: Point, fit: Viewport): Viewport {
  const scale = Math.min(maxScale, Math.max(fit.scale / 2, view.scale * factor))
  const ratio = scale / view.scale
  return { scale, offset: { x: at.x - (at.x - view.offset.x) * ratio, y: at.y - (at.y - view.offset.y) * ratio } }
}

export const panBy = (view: Viewport, by: Point): Viewport => ({ ...view, offset: { x: view.offset.x + by.x, y: view.offset.y + by.y } })

export const toImage = (view: Viewport, screen: Point): Point => ({
  x: (screen.x - view.offset.x) / view.scale,
  y: (screen.y - view.offset.y) / view.scale,
})

export const toScreen = (view: Viewport, point: Point): Point => ({
  x: point.x * view.scale + view.offset.x,
  y: point.y * view.scale + view.offset.y,
})

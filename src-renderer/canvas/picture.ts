import type { Size, Viewport } from './viewport.ts'

/** One decoded picture and smaller copies of it, each half as wide as the one before. */
export interface Picture {
  readonly frame: Size
  readonly levels: readonly ImageBitmap[]
}

const smallestLevelPx = 512

/**
 * Decodes a picture. With `levels`, halves are made as well: a 12 Mpx frame then pans at the cost of the pane it is shown in and not of
 * its own size. The caller closes it.
 */
export async function decodePicture(blob: Blob, frame: Size, { levels }: { readonly levels: boolean }): Promise<Picture> {
  const made = [await createImageBitmap(blob)]
  while (levels && made.at(-1)!.width > 2 * smallestLevelPx) {
    const last = made.at(-1)!
    made.push(await createImageBitmap(last, { resizeWidth: last.width >> 1, resizeHeight: last.height >> 1, resizeQuality: 'medium' }))
  }
  return { frame, levels: made }
}

export const closePicture = (picture: Picture | null): void => picture?.levels.forEach((level) => level.close())

/** Draws what the view shows, from the smallest copy that is still as fine as the screen. */
export function paintPicture(canvas: HTMLCanvasElement, { frame, levels }: Picture, view: Viewport, pane: Size): void {
  const ratio = window.devicePixelRatio
  const context = canvas.getContext('2d', { alpha: true })!
  const needed = frame.width * view.scale * ratio
  const level = levels.findLast(({ width }) => width >= needed) ?? levels[0]!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, pane.width, pane.height)
  context.imageSmoothingEnabled = view.scale < 3
  context.drawImage(level, view.offset.x, view.offset.y, frame.width * view.scale, frame.height * view.scale)
}

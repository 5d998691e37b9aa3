import type { PixelImage } from '../domain/frame.ts'
import { cornersOf, type Bounds, type Shape } from '../domain/geometry.ts'
import type { CropPlan } from '../ports/pixels.ts'

/** A picture and the part of it that is meant. */
export interface View {
  readonly image: PixelImage
  readonly bounds: Bounds
}

const hiddenLevel = 128

/**
 * The bounding box with everything outside the shape or inside a mask at grey 128. Agrees with `contains` at every pixel's centre.
 * Where nothing is to be hidden the image itself comes back, uncopied.
 */
export function hideOutside(image: PixelImage, bounds: Bounds, { shape, masks }: Pick<CropPlan, 'shape' | 'masks'>): View {
  if (masks.length === 0 && fills(shape, bounds)) return { image, bounds }
  const { left, top, width, height } = bounds
  const { channels } = image
  const data = new Uint8Array(width * height * channels).fill(hiddenLevel)
  const shown = new Uint8Array(width)
  for (let row = 0; row < height; row++) {
    shown.fill(0)
    paintRow(shown, shape, left, top + row, 1)
    for (const mask of masks) paintRow(shown, mask, left, top + row, 0)
    copyRuns(image, left, top + row, shown, data, row * width * channels)
  }
  return { image: { widthPx: width, heightPx: height, channels, data }, bounds: { left: 0, top: 0, width, height } }
}

const fills = (shape: Shape, bounds: Bounds): boolean =>
  shape.kind === 'rectangle' &&
  shape.x <= bounds.left + 0.5 && shape.x + shape.width > bounds.left + bounds.width - 0.5 &&
  shape.y <= bounds.top + 0.5 && shape.y + shape.height > bounds.top + bounds.height - 0.5

/** Sets `value` where the centres of image row `y`, from column `left` on, lie inside the shape (even-odd scan line). */
function paintRow(row: Uint8Array, shape: Shape, left: number, y: number, value: number): void {
  const crossings = crossingsAt(shape, y + 0.5)
  for (let i = 0; i + 1 < crossings.length; i += 2)
    row.fill(value, columnFrom(crossings[i]!, left), columnFrom(crossings[i + 1]!, left))
}

const columnFrom = (x: number, left: number): number => Math.max(0, Math.ceil(x - 0.5) - left)

function crossingsAt(shape: Shape, y: number): readonly number[] {
  const points = cornersOf(shape)
  const crossings: number[] = []
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const a = points[i]!
    const b = points[j]!
    if (a.y > y !== b.y > y) crossings.push(((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x)
  }
  return crossings.sort((a, b) => a - b)
}

function copyRuns(image: PixelImage, left: number, y: number, shown: Uint8Array, target: Uint8Array, offset: number): void {
  const { channels } = image
  const source = (y * image.widthPx + left) * channels
  for (let start = shown.indexOf(1); start >= 0; ) {
    const gap = shown.indexOf(0, start)
    const end = gap < 0 ? shown.length : gap
    target.set(image.data.subarray(source + start * channels, source + end * channels), offset + start * channels)
    start = shown.indexOf(1, end)
  }
}

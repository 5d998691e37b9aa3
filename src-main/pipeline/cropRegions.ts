import type { Pose } from '../domain/alignment.ts'
import type { Crop, PixelImage } from '../domain/frame.ts'
import { boundsOf, cornersOf, type Bounds, type Shape } from '../domain/geometry.ts'
import type { CropPlan } from '../ports/pixels.ts'
import { hideOutside, type View } from './hideOutside.ts'
import { resampleImage } from './resampleImage.ts'
import { straightenRegion } from './straightenRegion.ts'

export function cropRegions(image: PixelImage, plans: readonly CropPlan[], pose?: Pose): readonly Crop[] {
  return plans.map((plan) => cropRegion(image, plan, pose))
}

/**
 * Cuts the bounding box of one region and brings it to the model's input size: uint8 RGB [inputHeightPx, inputWidthPx, 3], grey
 * replicated to the three channels. What lies outside the shape or inside a mask is grey 128 before resampling, so a hidden pixel
 * has no influence at all. With a pose, shape and masks are places on the part, wherever it lies. Deterministic. Throws when the region has no pixel in the image: such a recipe must not get this far.
 */
export function cropRegion(image: PixelImage, plan: CropPlan, pose?: Pose): Crop {
  const { inputWidthPx: widthPx, inputHeightPx: heightPx, sha256: model } = plan.model
  const bounds = boundsOf(plan.shape, image.widthPx, image.heightPx)
  if (bounds.width === 0 || bounds.height === 0)
    throw new Error(`region ${plan.id} lies outside the image of ${image.widthPx}×${image.heightPx} px`)
  const visible = pose ? hideOnPart(straightenRegion(image, bounds, pose), bounds, plan) : hideOutside(image, bounds, plan)
  const sized = resampleImage(visible.image, visible.bounds, widthPx, heightPx)
  return { regionId: plan.id, model, widthPx, heightPx, data: image.channels === 3 ? sized : replicateGrey(sized) }
}

/** The same, on an image that begins at the bounding box's corner. */
function hideOnPart(straight: PixelImage, { left, top, width, height }: Bounds, { shape, masks }: CropPlan): View {
  const toStraight = (one: Shape): Shape => ({ kind: 'polygon', points: cornersOf(one).map(({ x, y }) => ({ x: x - left, y: y - top })) })
  const isWhole = masks.length === 0 && shape.kind === 'rectangle'
  const bounds = { left: 0, top: 0, width, height }
  return isWhole ? { image: straight, bounds } : hideOutside(straight, bounds, { shape: toStraight(shape), masks: masks.map(toStraight) })
}

function replicateGrey(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3)
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) rgb[o] = rgb[o + 1] = rgb[o + 2] = grey[i]!
  return rgb
}

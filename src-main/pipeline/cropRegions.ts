import type { Crop, PixelImage } from '../domain/frame.ts'
import { boundsOf } from '../domain/geometry.ts'
import type { CropPlan } from '../ports/pixels.ts'
import { hideOutside } from './hideOutside.ts'
import { resampleImage } from './resampleImage.ts'

export function cropRegions(image: PixelImage, plans: readonly CropPlan[]): readonly Crop[] {
  return plans.map((plan) => cropRegion(image, plan))
}

/**
 * Cuts the bounding box of one region and brings it to the model's input size: uint8 RGB [inputHeightPx, inputWidthPx, 3], grey
 * replicated to the three channels. What lies outside the shape or inside a mask is grey 128 before resampling, so a hidden pixel
 * has no influence at all. Deterministic. Throws when the region has no pixel in the image: such a recipe must not get this far.
 */
export function cropRegion(image: PixelImage, plan: CropPlan): Crop {
  const { inputWidthPx: widthPx, inputHeightPx: heightPx, sha256: model } = plan.model
  const bounds = boundsOf(plan.shape, image.widthPx, image.heightPx)
  if (bounds.width === 0 || bounds.height === 0)
    throw new Error(`region ${plan.id} lies outside the image of ${image.widthPx}×${image.heightPx} px`)
  const visible = hideOutside(image, bounds, plan)
  const sized = resampleImage(visible.image, visible.bounds, widthPx, heightPx)
  return { regionId: plan.id, model, widthPx, heightPx, data: image.channels === 3 ? sized : replicateGrey(sized) }
}

function replicateGrey(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3)
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) rgb[o] = rgb[o + 1] = rgb[o + 2] = grey[i]!
  return rgb
}

import { areaOf, boundsOf, cornersOf, selfCrossing } from '../../domain/geometry.ts'
import type { CommissioningDraft, DraftRegion } from './draft.ts'
import { missing, type Missing } from './missing.ts'

const minimumSidePx = 32

/** Why a region cannot be used as it is; screens show the same while it is drawn. */
export function regionTrouble(region: DraftRegion, draft: CommissioningDraft): readonly Missing[] {
  if (!draft.camera) return []
  const { widthPx, heightPx } = draft.camera.frameSize
  const name = region.name
  const isOutside = cornersOf(region.shape).some((p) => p.x < 0 || p.y < 0 || p.x > widthPx || p.y > heightPx)
  if (isOutside) return [missing('regionOutside', { name })]
  if (region.shape.kind === 'polygon' && selfCrossing(region.shape)) return [missing('regionCrossing', { name })]
  const bounds = boundsOf(region.shape, widthPx, heightPx)
  if (Math.min(bounds.width, bounds.height) < minimumSidePx || areaOf(region.shape) < minimumSidePx ** 2 / 2)
    return [missing('regionTooSmall', { name, minimum: minimumSidePx })]
  return []
}

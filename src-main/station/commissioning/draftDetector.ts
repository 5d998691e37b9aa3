import { fingerprintOf } from '../../domain/fingerprint.ts'
import type { RegionId } from '../../domain/ids.ts'
import type { Detector } from '../../domain/recipe.ts'
import type { CommissioningDraft, DraftRegion } from './draft.ts'
import { missing, type Missing } from './missing.ts'

/** A detector is sealed for the shape of its region. */
export interface DraftDetector {
  readonly regionId: RegionId
  /** `detectorBasis` at the time. */
  readonly basis: string
  /** Name of the file that it came in. */
  readonly file: string
  readonly detector: Detector
}

export const detectorBasis = ({ shape }: Pick<DraftRegion, 'shape'>): string => fingerprintOf(shape)

/** Of a region that is still there; those of removed regions are kept for an undo. */
export const detectorOf = ({ detectors }: Pick<CommissioningDraft, 'detectors'>, regionId: RegionId): DraftDetector | undefined => detectors?.find((one) => one.regionId === regionId)

export function missingDetectors(draft: CommissioningDraft): readonly Missing[] {
  return draft.regions.flatMap((region) => {
    const held = detectorOf(draft, region.id)
    return held && held.basis !== detectorBasis(region) ? [missing('detectorAgain', { name: region.name })] : []
  })
}

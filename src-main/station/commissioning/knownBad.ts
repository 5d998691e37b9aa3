import type { RegionId, Sha256 } from '../../domain/ids.ts'
import type { CommissioningDraft, DraftRegion, KnownBadPart, LearntRegion } from './draft.ts'
import { learningBasis } from './bases.ts'

export interface RegionToScore extends DraftRegion {
  readonly model: LearntRegion['model']
}

/** A known-bad part and the regions whose present model has not scored it yet. */
export interface PendingPart {
  readonly part: KnownBadPart
  readonly regions: readonly RegionToScore[]
}

/**
 * Scores belong to a model: after learning anew every part waits for its new score, and none waits for a model that is out of date; nor does
 * one whose picture cannot be scored.
 */
export function pendingParts(draft: CommissioningDraft): readonly PendingPart[] {
  const { learnt, regions, knownBad } = draft
  if (!learnt || learnt.basis !== learningBasis(draft)) return []
  const toScore = regions.flatMap((region): RegionToScore[] => {
    const lesson = learnt.regions.find(({ regionId }) => regionId === region.id)
    return lesson ? [{ ...region, model: lesson.model }] : []
  })
  return knownBad
    .filter(({ notScorable }) => !notScorable)
    .map((part) => ({ part, regions: toScore.filter(({ id, model }) => scoreOf(draft, part.id, id, model.sha256) === undefined) }))
    .filter((pending) => pending.regions.length > 0)
}

/** Scores of the known-bad parts by a region's present model, in the order in which they were taken; those not scored are left out. */
export const knownBadScoresOf = (draft: CommissioningDraft, { regionId, model }: Pick<LearntRegion, 'regionId' | 'model'>): readonly { readonly id: Sha256; readonly score: number }[] =>
  draft.knownBad.flatMap(({ id }) => {
    const score = scoreOf(draft, id, regionId, model.sha256)
    return score === undefined ? [] : [{ id, score }]
  })

const scoreOf = ({ knownBadScores }: CommissioningDraft, partId: Sha256, regionId: RegionId, model: Sha256): number | undefined =>
  knownBadScores.find((one) => one.partId === partId && one.regionId === regionId && one.model === model)?.score

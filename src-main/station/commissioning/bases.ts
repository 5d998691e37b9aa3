import { fingerprintOf } from '../../domain/fingerprint.ts'
import { usableBaseline } from './baselineFlags.ts'
import type { CommissioningDraft, Signature } from './draft.ts'
import { choiceOf, isDefaultChoice } from './modelChoice.ts'

/** What a model depends on: change any of it and the models are stale. */
export const learningBasis = (draft: CommissioningDraft): string =>
  fingerprintOf([
    draft.camera && { source: draft.camera.source, frameSize: draft.camera.frameSize },
    draft.regions.map(({ id, shape, masks }) => ({ id, shape, masks })),
    usableBaseline(draft.baseline).map((frame) => frame.id),
    ...(draft.alignment ? [draft.alignment.taught] : []),
    ...(isDefaultChoice(draft) ? [] : [choiceOf(draft)]),
    ...(draft.source ? [draft.source.sha256] : []),
  ])

/** What an output test depends on. */
export const wiringBasis = (draft: CommissioningDraft): string => fingerprintOf(draft.plc)

/** Everything that was decided and measured; how long it took, and who signed it, is not part of it. */
export function draftBasis(draft: CommissioningDraft): string {
  const { revision: _revision, visits: _visits, setbacks: _setbacks, signatures: _signatures, ...decided } = draft
  return fingerprintOf(decided)
}

/** Those given for what the draft says now. */
export const validSignatures = (draft: CommissioningDraft): readonly Signature[] => {
  const basis = draftBasis(draft)
  return (draft.signatures ?? []).filter((signature) => signature.basis === basis)
}

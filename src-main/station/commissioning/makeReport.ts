import type { CommissioningReport, ReportedRegion } from '../../domain/commissioningReport.ts'
import type { Sha256 } from '../../domain/ids.ts'
import type { Software } from '../../domain/inspection.ts'
import { usableBaseline } from './baselineFlags.ts'
import { validSignatures } from './bases.ts'
import type { CommissioningDraft } from './draft.ts'
import { recordOf } from './journal.ts'
import { knownBadScoresOf } from './knownBad.ts'
import { stepFigures } from './stepFigures.ts'
import { viewSteps } from './steps.ts'

export interface ReportOrigin {
  /** Null while commissioning goes on. */
  readonly recipe: Sha256 | null
  readonly software: Software
  readonly madeAt: string
}

/** The report of a draft: the same draft and origin give the same report. */
export function makeReport(draft: CommissioningDraft, { recipe, software, madeAt }: ReportOrigin): CommissioningReport {
  const golden = usableBaseline(draft.baseline)[0]
  return {
    schema: 1,
    station: draft.name,
    madeAt,
    recipe,
    isSimulated: draft.camera?.isSimulated === true || draft.plc.target === 'simulated',
    software,
    steps: viewSteps(draft).map(({ id, status, minutes }) => {
      const { spentSeconds, visits, setbacks } = recordOf(draft, id)
      const waiver = status === 'waived' ? draft.waivers?.find(({ step }) => step === id) : undefined
      return {
        id, status, spentSeconds, visits,
        targetMinutes: minutes,
        setbacks: setbacks.map(({ code, at }) => ({ code, at })),
        waiver: waiver ? { reason: waiver.reason, who: waiver.who, at: waiver.at } : null,
        figures: stepFigures[id](draft),
      }
    }),
    picture: golden && draft.camera ? { sha256: golden.id, mediaType: golden.mediaType, ...draft.camera.frameSize } : null,
    regions: reportRegions(draft),
    notCovered: draft.notCovered ?? [],
    files: [
      ...(draft.learnt?.regions ?? []).map(({ model }) => ({ role: 'model' as const, sha256: model.sha256 })),
      ...usableBaseline(draft.baseline).map(({ id }) => ({ role: 'baseline' as const, sha256: id })),
      ...draft.knownBad.map(({ id }) => ({ role: 'knownBad' as const, sha256: id })),
    ],
    signatures: validSignatures(draft).map(({ name, role, meaning, at }) => ({ name, role, meaning, at })),
  }
}

const reportRegions = (draft: CommissioningDraft): readonly ReportedRegion[] =>
  (draft.learnt?.regions ?? []).flatMap((lesson) => {
    const region = draft.regions.find(({ id }) => id === lesson.regionId)
    if (!region) return []
    const { failAbove, unsureAbove, basis } = lesson.limits
    return [{
      name: region.name,
      shape: region.shape,
      masks: region.masks,
      model: lesson.model.sha256,
      failAbove, unsureAbove,
      reason: basis.reason ?? null,
      goodScores: lesson.holdOutScores,
      knownBadScores: knownBadScoresOf(draft, lesson).map(({ score }) => score),
    }]
  })

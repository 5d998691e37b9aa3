import { fingerprintOf } from '../../domain/fingerprint.ts'
import { minimumBaselineImages } from '../../domain/recipe.ts'
import { usableBaseline } from './baselineFlags.ts'
import { draftBasis, learningBasis, wiringBasis } from './bases.ts'
import type { CommissioningDraft } from './draft.ts'
import { missingDetectors } from './draftDetector.ts'
import { draftBudget, lineBasis } from './lineRehearsal.ts'
import { missing, type Missing } from './missing.ts'
import { hasHandshake, isLineProven, isOutputProven, wiredOutputs } from './outputProof.ts'
import { regionTrouble } from './regionTrouble.ts'

export const stepIds = ['camera', 'regions', 'baseline', 'threshold', 'outputs', 'run'] as const
export type StepId = (typeof stepIds)[number]

/** `waived`: left undone on purpose, by name and with a reason. */
export const stepStatuses = ['todo', 'passed', 'waived', 'stale'] as const
export type StepStatus = (typeof stepStatuses)[number]

export interface StepView {
  readonly id: StepId
  readonly minutes: number
  readonly mayBeWaived: boolean
  readonly status: StepStatus
  readonly isOpen: boolean
  readonly missing: readonly Missing[]
}

interface Step {
  readonly id: StepId
  /** What a technician should take for it (the wizard's two hours are their sum). */
  readonly minutes: number
  /** Steps that must have passed before this one can be worked on. */
  readonly needs: readonly StepId[]
  readonly missing: (draft: CommissioningDraft) => readonly Missing[]
  /** What was decided and measured here, and what that rests on. */
  readonly restsOn: (draft: CommissioningDraft) => unknown
  /** There is a recipe without it. */
  readonly mayBeWaived?: true
  /** Whether results exist that no longer belong to what they were based on. */
  readonly isStale?: (draft: CommissioningDraft) => boolean
}

/** The short wizard as data. A step has passed when nothing is missing; the order is the order of the rail. */
const steps: readonly Step[] = [
  { id: 'camera', minutes: 5, needs: [], missing: (draft) => (draft.camera ? [] : [missing('camera')]), restsOn: (draft) => draft.camera },
  {
    id: 'regions',
    minutes: 10,
    restsOn: (draft) => [draft.camera?.frameSize, draft.alignment, draft.regions],
    needs: ['camera'],
    missing: (draft) => (draft.regions.length === 0 ? [missing('region')] : draft.regions.flatMap((region) => regionTrouble(region, draft))),
    isStale: (draft) => draft.regions.some((region) => regionTrouble(region, draft).length > 0),
  },
  {
    id: 'baseline',
    minutes: 15,
    restsOn: (draft) => [draft.camera, draft.baseline.map(({ id }) => id)],
    needs: ['camera'],
    missing: (draft) => {
      const usable = usableBaseline(draft.baseline).length
      return usable >= minimumBaselineImages ? [] : [missing('goodFrames', { usable, needed: minimumBaselineImages })]
    },
  },
  {
    id: 'threshold',
    minutes: 10,
    restsOn: (draft) => [learningBasis(draft), draft.learnt, draft.detectors],
    needs: ['regions', 'baseline'],
    missing: (draft) => [...(!draft.learnt ? [missing('learn')] : draft.learnt.basis === learningBasis(draft) ? [] : [missing('learnAgain')]), ...missingDetectors(draft)],
    isStale: (draft) => (draft.learnt !== null && draft.learnt.basis !== learningBasis(draft)) || missingDetectors(draft).length > 0,
  },
  {
    id: 'outputs',
    minutes: 10,
    restsOn: (draft) => [draft.plc, draft.line, draft.tests, draft.lineTest],
    mayBeWaived: true,
    needs: [],
    missing: (draft) => [
      ...wiredOutputs(draft).filter((output) => !isOutputProven(draft, output)).map((output) => missing('outputTest', { output })),
      ...(draftBudget(draft)?.changes ?? []).map(({ fact, bound, value }) => missing(bound === 'atLeast' ? 'budgetAtLeast' : 'budgetAtMost', { fact, value })),
      ...(hasHandshake(draft) && !isLineProven(draft) ? [missing('handshakes')] : []),
    ],
    isStale: (draft) => draft.tests.some((test) => test.basis !== wiringBasis(draft)) || (hasHandshake(draft) && draft.lineTest !== undefined && draft.lineTest.basis !== lineBasis(draft)),
  },
  { id: 'run', minutes: 15, needs: ['camera', 'regions', 'baseline', 'threshold', 'outputs'], missing: () => [], restsOn: draftBasis },
]

export function viewSteps(draft: CommissioningDraft): readonly StepView[] {
  const done = new Set<StepId>()
  return steps.map((step) => {
    const isOpen = step.needs.every((id) => done.has(id))
    const open = step.missing(draft)
    const status = statusOf(step, draft, isOpen, open.length === 0)
    if (status === 'passed' || status === 'waived') done.add(step.id)
    return { id: step.id, minutes: step.minutes, mayBeWaived: step.mayBeWaived ?? false, status, isOpen, missing: open }
  })
}

function statusOf(step: Step, draft: CommissioningDraft, isOpen: boolean, hasAll: boolean): StepStatus {
  if (hasAll && isOpen) return 'passed'
  if (isOpen && step.mayBeWaived && draft.waivers?.some((waiver) => waiver.step === step.id && waiver.basis === basisOf(draft, step.id))) return 'waived'
  return step.isStale?.(draft) ? 'stale' : 'todo'
}

export const isReadyToRun = (draft: CommissioningDraft): boolean => viewSteps(draft).every(({ status }) => status === 'passed' || status === 'waived')

/** What a waiver of a step holds for. */
export const basisOf = (draft: CommissioningDraft, id: StepId): string => fingerprintOf(steps.find((step) => step.id === id)!.restsOn(draft))

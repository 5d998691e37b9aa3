import { areaOf, boundsOf, cornersOf, selfCrossing } from '../../domain/geometry.ts'
import { fingerprintOf } from '../../domain/fingerprint.ts'
import { minimumBaselineImages, outputNames, type OutputName } from '../../domain/recipe.ts'
import { usableBaseline } from './baselineFlags.ts'
import type { CommissioningDraft, DraftRegion } from './draft.ts'
import { draftBudget, lineBasis } from './lineRehearsal.ts'
import { choiceOf, isDefaultChoice } from './modelChoice.ts'

export const stepIds = ['camera', 'regions', 'baseline', 'threshold', 'outputs', 'run'] as const
export type StepId = (typeof stepIds)[number]

/** What is still needed; screens say it through `wizard.missing.<code>`. */
export interface Missing {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface StepView {
  readonly id: StepId
  readonly status: 'todo' | 'passed' | 'stale'
  readonly isOpen: boolean
  readonly missing: readonly Missing[]
}

interface Step {
  readonly id: StepId
  /** Steps that must have passed before this one can be worked on. */
  readonly needs: readonly StepId[]
  readonly missing: (draft: CommissioningDraft) => readonly Missing[]
  /** Whether results exist that no longer belong to what they were based on. */
  readonly isStale?: (draft: CommissioningDraft) => boolean
}

const missing = (code: string, params: Missing['params'] = {}): Missing => ({ code, params })

/** The short wizard as data. A step has passed when nothing is missing; the order is the order of the rail. */
const steps: readonly Step[] = [
  { id: 'camera', needs: [], missing: (draft) => (draft.camera ? [] : [missing('camera')]) },
  {
    id: 'regions',
    needs: ['camera'],
    missing: (draft) => (draft.regions.length === 0 ? [missing('region')] : draft.regions.flatMap((region) => regionTrouble(region, draft))),
    isStale: (draft) => draft.regions.some((region) => regionTrouble(region, draft).length > 0),
  },
  {
    id: 'baseline',
    needs: ['camera'],
    missing: (draft) => {
      const usable = usableBaseline(draft.baseline).length
      return usable >= minimumBaselineImages ? [] : [missing('goodFrames', { usable, needed: minimumBaselineImages })]
    },
  },
  {
    id: 'threshold',
    needs: ['regions', 'baseline'],
    missing: (draft) => (!draft.learnt ? [missing('learn')] : draft.learnt.basis === learningBasis(draft) ? [] : [missing('learnAgain')]),
    isStale: (draft) => draft.learnt !== null && draft.learnt.basis !== learningBasis(draft),
  },
  {
    id: 'outputs',
    needs: [],
    missing: (draft) => [
      ...wiredOutputs(draft).filter((output) => !isOutputProven(draft, output)).map((output) => missing('outputTest', { output })),
      ...(draftBudget(draft)?.changes ?? []).map(({ fact, bound, value }) => missing(bound === 'atLeast' ? 'budgetAtLeast' : 'budgetAtMost', { fact, value })),
      ...(hasHandshake(draft) && !isLineProven(draft) ? [missing('handshakes')] : []),
    ],
    isStale: (draft) => draft.tests.some((test) => test.basis !== wiringBasis(draft)) || (hasHandshake(draft) && draft.lineTest !== undefined && draft.lineTest.basis !== lineBasis(draft)),
  },
  { id: 'run', needs: ['camera', 'regions', 'baseline', 'threshold', 'outputs'], missing: () => [] },
]

export function viewSteps(draft: CommissioningDraft): readonly StepView[] {
  const passed = new Set<StepId>()
  return steps.map((step) => {
    const isOpen = step.needs.every((id) => passed.has(id))
    const open = step.missing(draft)
    if (open.length === 0 && isOpen) passed.add(step.id)
    const status = open.length === 0 && isOpen ? 'passed' : step.isStale?.(draft) ? 'stale' : 'todo'
    return { id: step.id, status, isOpen, missing: open }
  })
}

export const isReadyToRun = (draft: CommissioningDraft): boolean => viewSteps(draft).every((step) => step.status === 'passed')

/** What a model depends on: change any of it and the models are stale. */
export const learningBasis = (draft: CommissioningDraft): string =>
  fingerprintOf([
    draft.camera && { source: draft.camera.source, frameSize: draft.camera.frameSize },
    draft.regions.map(({ id, shape, masks }) => ({ id, shape, masks })),
    usableBaseline(draft.baseline).map((frame) => frame.id),
    ...(draft.alignment ? [draft.alignment.taught] : []),
    ...(isDefaultChoice(draft) ? [] : [choiceOf(draft)]),
  ])

/** What an output test depends on. */
export const wiringBasis = (draft: CommissioningDraft): string => fingerprintOf(draft.plc)

export const wiredOutputs = (draft: CommissioningDraft): readonly OutputName[] => outputNames.filter((output) => draft.plc.wiring[output])

const isOutputProven = (draft: CommissioningDraft, output: OutputName): boolean =>
  draft.tests.some((test) => test.output === output && test.confirmed && test.receipt.readBack === 'agrees' && test.basis === wiringBasis(draft))

/** Where the line says that a part is there, what it says must be heard twenty times; a camera that triggers has nothing to shake hands with. */
const hasHandshake = ({ line }: CommissioningDraft): boolean => line?.trigger.kind === 'plc' || line?.trigger.kind === 'input'

const isLineProven = (draft: CommissioningDraft): boolean => draft.lineTest?.passed === true && draft.lineTest.basis === lineBasis(draft)

const minimumSidePx = 32

/** Why a region cannot be used as it is; screens show the same while it is drawn. */
function regionTrouble(region: DraftRegion, draft: CommissioningDraft): readonly Missing[] {
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

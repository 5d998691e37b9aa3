import type { Fault } from '../../domain/fault.ts'
import type { RegionId, Sha256 } from '../../domain/ids.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { LineSettings } from '../../domain/lineSettings.ts'
import type { Calibration, DefectClass, ModelChoice, OutputName, OutputWiring, Proportion } from '../../domain/recipe.ts'
import type { ForeignSource } from '../../ports/importer.ts'
import type { BaselineFrame, CommissioningDraft, DraftAlignment, DraftCamera, DraftRegion, KnownBadPart, KnownBadScore, LearntRegion, LineTest, MethodTiming, Signature, Waiver } from './draft.ts'
import { openVisit, stepAtWork } from './journal.ts'
import type { DraftDetector } from './draftDetector.ts'
import { draftBasis, learningBasis, validSignatures, wiringBasis } from './bases.ts'
import { basisOf, type StepId } from './steps.ts'
import { usableBaseline } from './baselineFlags.ts'

/** Every change of the draft is one of these; the result is what gets saved. */
export type CommissioningAction =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'cameraChosen'; readonly camera: DraftCamera }
  | { readonly kind: 'regionsSet'; readonly regions: readonly DraftRegion[] }
  | { readonly kind: 'alignmentSet'; readonly alignment: DraftAlignment | null }
  | { readonly kind: 'calibrated'; readonly calibration: Calibration | null }
  | { readonly kind: 'cycleTimeSet'; readonly cycleTimeMs: number }
  | { readonly kind: 'modelChosen'; readonly choice: ModelChoice }
  | { readonly kind: 'sourceSet'; readonly source: ForeignSource | null }
  | { readonly kind: 'detectorSet'; readonly detector: DraftDetector }
  | { readonly kind: 'detectorRemoved'; readonly regionId: RegionId }
  | { readonly kind: 'detectorClassesSet'; readonly regionId: RegionId; readonly classes: readonly DefectClass[] }
  | { readonly kind: 'settingsTimed'; readonly timing: MethodTiming }
  | { readonly kind: 'baselineCaptured'; readonly frame: BaselineFrame }
  | { readonly kind: 'baselineRemoved'; readonly ids: readonly string[] }
  | { readonly kind: 'learnt'; readonly basis: string; readonly frameIds: readonly Sha256[]; readonly regions: readonly LearntRegion[] }
  | { readonly kind: 'knownBadCaptured'; readonly part: KnownBadPart }
  | { readonly kind: 'knownBadNamed'; readonly id: Sha256; readonly name: string }
  | { readonly kind: 'knownBadRemoved'; readonly ids: readonly string[] }
  | { readonly kind: 'knownBadScored'; readonly scores: readonly KnownBadScore[] }
  | { readonly kind: 'knownBadNotScorable'; readonly id: Sha256; readonly fault: Fault }
  | (ThresholdChoice & { readonly kind: 'thresholdSet'; readonly expectedFalseRejects: Proportion })
  | { readonly kind: 'plcChosen'; readonly target: string; readonly wiring: OutputWiring }
  | { readonly kind: 'lineSet'; readonly line: LineSettings | null }
  | { readonly kind: 'lineTested'; readonly test: LineTest }
  | { readonly kind: 'outputTested'; readonly output: OutputName; readonly receipt: OutputReceipt }
  | { readonly kind: 'outputConfirmed'; readonly output: OutputName; readonly seen: boolean }
  | { readonly kind: 'stepOpened'; readonly step: StepId; readonly at: string }
  | { readonly kind: 'setBack'; readonly code: string; readonly at: string }
  | { readonly kind: 'waived'; readonly waiver: Omit<Waiver, 'basis'> }
  | { readonly kind: 'notCoveredSet'; readonly kinds: readonly string[] }
  | { readonly kind: 'signed'; readonly signature: Omit<Signature, 'basis'> }

/** What a technician decides about one region's line. */
export interface ThresholdChoice {
  readonly regionId: RegionId
  readonly failAbove: number
  readonly unsureAbove: number
  readonly minAreaPx: number
  readonly reason?: string
  readonly costRatio?: number
}

export function applyAction(draft: CommissioningDraft, action: CommissioningAction): CommissioningDraft {
  return { ...draft, ...changes(draft, action), revision: draft.revision + 1 }
}

function changes(draft: CommissioningDraft, action: CommissioningAction): Partial<CommissioningDraft> {
  switch (action.kind) {
    case 'named':
      return { name: action.name }
    case 'cameraChosen':
      // Pictures of another camera say nothing about this one; they stay in the store, but not in the baseline.
      return { camera: action.camera, ...(action.camera.source === draft.camera?.source ? {} : { alignment: null, baseline: [], knownBad: [], knownBadScores: [] }) }
    case 'regionsSet':
      return { regions: action.regions }
    case 'alignmentSet':
      return { alignment: action.alignment }
    case 'calibrated':
      return { calibration: action.calibration ?? undefined }
    case 'cycleTimeSet':
      return { cycleTimeMs: action.cycleTimeMs }
    case 'modelChosen':
      return { choice: action.choice }
    case 'sourceSet':
      return { source: action.source ?? undefined }
    case 'detectorSet':
      return { detectors: [...(draft.detectors ?? []).filter(({ regionId }) => regionId !== action.detector.regionId), action.detector] }
    case 'detectorRemoved':
      return { detectors: (draft.detectors ?? []).filter(({ regionId }) => regionId !== action.regionId) }
    case 'detectorClassesSet':
      return { detectors: (draft.detectors ?? []).map((one) => (one.regionId === action.regionId ? { ...one, detector: { ...one.detector, classes: action.classes } } : one)) }
    case 'settingsTimed':
      return { timings: [...(draft.timings ?? []).filter(({ method }) => method !== action.timing.method), action.timing] }
    case 'baselineCaptured':
      return draft.baseline.some((frame) => frame.id === action.frame.id) ? {} : { baseline: [...draft.baseline, action.frame] }
    case 'baselineRemoved':
      return { baseline: draft.baseline.filter((frame) => !action.ids.includes(frame.id)) }
    case 'knownBadCaptured':
      return draft.knownBad.some(({ id }) => id === action.part.id) ? {} : { knownBad: [...draft.knownBad, action.part] }
    case 'knownBadNamed':
      return { knownBad: draft.knownBad.map((part) => (part.id === action.id ? { ...part, kind: action.name } : part)) }
    case 'knownBadRemoved':
      return { knownBad: draft.knownBad.filter(({ id }) => !action.ids.includes(id)), knownBadScores: draft.knownBadScores.filter(({ partId }) => !action.ids.includes(partId)) }
    case 'knownBadScored':
      return { knownBadScores: [...draft.knownBadScores, ...action.scores] }
    case 'knownBadNotScorable':
      return { knownBad: draft.knownBad.map((part) => (part.id === action.id ? { ...part, notScorable: action.fault } : part)) }
    case 'learnt':
      return {
        learnt: { basis: action.basis, frameIds: action.frameIds, regions: action.regions },
        knownBad: draft.knownBad.map(({ notScorable: _notScorable, ...part }) => part),
        knownBadScores: draft.knownBadScores.filter(({ model }) => action.regions.some((region) => region.model.sha256 === model)),
      }
    case 'thresholdSet':
      return { learnt: draft.learnt && { ...draft.learnt, regions: draft.learnt.regions.map((region) => (region.regionId === action.regionId ? withThreshold(region, action) : region)) } }
    case 'plcChosen':
      return { plc: { target: action.target, wiring: action.wiring } }
    case 'lineSet':
      return { line: action.line ?? undefined }
    case 'lineTested':
      return { lineTest: action.test }
    case 'outputTested':
      return { tests: [...draft.tests.filter((test) => test.output !== action.output), { basis: wiringBasis(draft), output: action.output, receipt: action.receipt, confirmed: false }] }
    case 'outputConfirmed':
      return { tests: draft.tests.map((test) => (test.output === action.output ? { ...test, confirmed: action.seen } : test)) }
    case 'stepOpened':
      return { visits: openVisit(draft, action.step, action.at) }
    case 'setBack':
      return { setbacks: [...(draft.setbacks ?? []), { step: stepAtWork(draft), code: action.code, at: action.at }] }
    case 'waived':
      return { waivers: [...(draft.waivers ?? []).filter(({ step }) => step !== action.waiver.step), { ...action.waiver, basis: basisOf(draft, action.waiver.step) }] }
    case 'notCoveredSet':
      return { notCovered: action.kinds }
    case 'signed':
      return { signatures: [...validSignatures(draft), { ...action.signature, basis: draftBasis(draft) }] }
  }
}

type ThresholdSet = Extract<CommissioningAction, { kind: 'thresholdSet' }>

const withThreshold = (region: LearntRegion, { failAbove, unsureAbove, minAreaPx, expectedFalseRejects, reason, costRatio }: ThresholdSet): LearntRegion => ({
  ...region,
  limits: {
    ...region.limits, failAbove, unsureAbove, minAreaPx,
    basis: { rule: 'technician', goodImages: region.limits.basis.goodImages, expectedFalseRejects, ...(reason && { reason }), ...(costRatio !== undefined && { costRatio }) },
  },
})

/** What the learner is to be given, and the basis its result will carry. */
export const planLearning = (draft: CommissioningDraft): { readonly basis: string; readonly frames: readonly BaselineFrame[] } => ({
  basis: learningBasis(draft),
  frames: usableBaseline(draft.baseline),
})

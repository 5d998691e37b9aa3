import type { Health } from '../domain/health.ts'
import { minimumBaselineImages } from '../domain/recipe.ts'
import { flagBaseline, usableBaseline } from '../station/commissioning/baselineFlags.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { knownBadScoresOf, pendingParts } from '../station/commissioning/knownBad.ts'
import { detectorBasis, detectorOf } from '../station/commissioning/draftDetector.ts'
import { choiceOf, timingsOf } from '../station/commissioning/modelChoice.ts'
import { validSignatures } from '../station/commissioning/bases.ts'
import { recordOf } from '../station/commissioning/journal.ts'
import { viewSteps } from '../station/commissioning/steps.ts'
import { findOutliers, findRepeats, forecastCoverage } from '../learning/baselineCoach.ts'
import { proposeSetting } from '../learning/proposeSetting.ts'
import { thresholdBy } from '../learning/threshold.ts'
import type { CommissioningView } from '../../src-preload/contract/commissioningView.ts'
import type { JobView } from '../../src-preload/contract/views.ts'

/** More good images than this help little (VISION.md's figures flatten between 80 and 160). */
const recommendedImages = 60

export interface Situation {
  readonly draft: CommissioningDraft
  readonly sources: CommissioningView['sources']
  readonly plc: { readonly isSimulated: boolean; readonly health: Health } | null
  readonly jobs: readonly JobView[]
}

/** What the wizard shows, derived whole from the draft: nothing in it is state of its own. */
export function viewCommissioning({ draft, sources, plc, jobs }: Situation): CommissioningView {
  const flags = flagBaseline(draft.baseline)
  return {
    revision: draft.revision,
    name: draft.name,
    steps: viewSteps(draft).map((step) => {
      const { spentSeconds, visits } = recordOf(draft, step.id)
      const waiver = step.status === 'waived' ? (draft.waivers?.find((one) => one.step === step.id) ?? null) : null
      return { ...step, spentSeconds, visits, waiver, missing: step.missing.map((one) => ({ code: one.code, params: { ...one.params } })) }
    }),
    sources: [...sources],
    camera: draft.camera && { ...draft.camera },
    regions: draft.regions.map((region) => ({ ...region, masks: [...region.masks] })) as CommissioningView['regions'],
    alignment: draft.alignment && { rectangle: draft.alignment.taught.rectangle, travel: draft.alignment.taught.travel, spread: draft.alignment.spread },
    calibration: draft.calibration ?? null,
    modelling: viewModelling(draft),
    detectors: viewDetectors(draft),
    baseline: {
      minimum: minimumBaselineImages,
      recommended: recommendedImages,
      usable: usableBaseline(draft.baseline).length,
      frames: draft.baseline.map(({ id, quality, isSimulatedDefect }, i) => ({
        id, focus: quality.focus, meanLevel: quality.meanLevel, flags: [...flags[i]!], isSimulatedDefect,
      })),
      coach: coachBaseline(draft),
    },
    knownBad: { parts: draft.knownBad.map(({ id, kind, notScorable }) => ({ id, kind, notScorable: notScorable ?? null })), unscored: pendingParts(draft).length },
    learnt: viewLearnt(draft),
    plc: plc && { target: draft.plc.target, ...plc },
    wiring: draft.plc.wiring,
    line: draft.line ?? null,
    tests: draft.tests.map(({ output, receipt, confirmed }) => ({
      output, confirmed, readBack: receipt.readBack, onMs: sinceAsked(receipt.onMs, receipt.askedMs), offMs: sinceAsked(receipt.offMs, receipt.askedMs), fault: receipt.fault,
    })),
    notCovered: [...(draft.notCovered ?? [])],
    signatures: [...validSignatures(draft)],
    jobs: [...jobs],
  }
}

const viewDetectors = (draft: CommissioningDraft): CommissioningView['detectors'] =>
  draft.regions.flatMap((region) => {
    const held = detectorOf(draft, region.id)
    return held ? [{ regionId: region.id, file: held.file, isStale: held.basis !== detectorBasis(region), detector: held.detector as CommissioningView['detectors'][number]['detector'] }] : []
  })

function viewModelling(draft: CommissioningDraft): CommissioningView['modelling'] {
  const { cycleTimeMs } = draft
  const choice = choiceOf(draft)
  const timings = timingsOf(draft, choice.method)
  return {
    cycleTimeMs: cycleTimeMs ?? null,
    choice,
    source: draft.source ?? null,
    timings: timings ? [...timings] : null,
    proposal: timings && cycleTimeMs !== undefined ? proposeSetting(timings, cycleTimeMs) : null,
  }
}

function viewLearnt(draft: CommissioningDraft): CommissioningView['learnt'] {
  const { learnt } = draft
  return learnt && learnt.regions.map((region) => ({
    ...region,
    proposed: { q90: thresholdBy('q90', region.holdOutScores), q95: thresholdBy('q95', region.holdOutScores) },
    holdOutScores: [...region.holdOutScores],
    frameIds: [...learnt.frameIds],
    knownBad: [...knownBadScoresOf(draft, region)],
  }))
}

/** Advice from the scores of the good images, worst region first; null before anything was learnt. */
function coachBaseline({ learnt, baseline }: CommissioningDraft): CommissioningView['baseline']['coach'] {
  if (!learnt || learnt.frameIds.length === 0) return null
  const strange = learnt.regions.map(({ holdOutScores }) => findOutliers(holdOutScores))
  const outliers = learnt.frameIds.filter((id, i) => strange.some((region) => region[i]) && baseline.some((frame) => frame.id === id))
  const isRepeat = findRepeats(learnt.regions, learnt.frameIds.length)
  const repeats = learnt.frameIds.filter((id, i) => isRepeat[i] && baseline.some((frame) => frame.id === id))
  const overs = learnt.regions.map(({ holdOutScores, limits }) => holdOutScores.filter((score) => score > limits.unsureAbove).length)
  const { points, now, doubled, isWorthMore } = forecastCoverage(Math.max(...overs), learnt.frameIds.length)
  return { outliers, repeats, points: [...points], now, doubled, isWorthMore }
}

const sinceAsked = (ms: number | null, askedMs: number): number | null => (ms === null ? null : ms - askedMs)

import { clopperPearson } from '../../domain/clopperPearson.ts'
import type { ReportedFigure } from '../../domain/commissioningReport.ts'
import { minimumBaselineImages } from '../../domain/recipe.ts'
import { medianOf, usableBaseline } from './baselineFlags.ts'
import type { CommissioningDraft } from './draft.ts'
import { knownBadScoresOf } from './knownBad.ts'
import { draftBudget } from './lineRehearsal.ts'
import type { StepId } from './steps.ts'

/** Every number that a step ended in, as it stands in the draft: nothing is measured here. */
export const stepFigures: Readonly<Record<StepId, (draft: CommissioningDraft) => readonly ReportedFigure[]>> = {
  camera: ({ camera }) =>
    camera
      ? [
          { name: 'width', value: camera.frameSize.widthPx, unit: 'px', instrument: 'frame' },
          { name: 'height', value: camera.frameSize.heightPx, unit: 'px', instrument: 'frame' },
        ]
      : [],
  regions: ({ regions, alignment }) => [
    { name: 'regions', value: regions.length, unit: '', limit: { bound: 'atLeast', value: 1 }, instrument: 'editor' },
    ...(alignment?.spread
      ? [
          { name: 'shiftSd', value: alignment.spread.shiftSdPx, unit: 'px', instrument: 'alignment' } as const,
          { name: 'rotationSd', value: alignment.spread.rotationSdDeg, unit: 'deg', instrument: 'alignment' } as const,
          { name: 'placements', value: alignment.spread.found, unit: '', limit: { bound: 'atLeast', value: alignment.spread.frames }, instrument: 'alignment' } as const,
        ]
      : []),
  ],
  baseline: ({ baseline }) => {
    const usable = usableBaseline(baseline)
    return [
      { name: 'goodParts', value: usable.length, unit: '', limit: { bound: 'atLeast', value: minimumBaselineImages }, instrument: 'frame' },
      { name: 'setAside', value: baseline.length - usable.length, unit: '', instrument: 'frame' },
      { name: 'focus', value: medianOf(usable.map(({ quality }) => quality.focus)), unit: '', instrument: 'laplacian' },
      { name: 'meanLevel', value: medianOf(usable.map(({ quality }) => quality.meanLevel)), unit: 'level', instrument: 'histogram' },
      { name: 'clipped', value: medianOf(usable.map(({ quality }) => quality.clippedFraction)), unit: 'share', instrument: 'histogram' },
    ]
  },
  threshold: (draft) =>
    (draft.learnt?.regions ?? []).flatMap((region): readonly ReportedFigure[] => {
      const of = draft.regions.find(({ id }) => id === region.regionId)?.name ?? region.regionId
      const { failAbove, unsureAbove } = region.limits
      const rejected = clopperPearson(region.holdOutScores.filter((score) => score > unsureAbove).length, region.holdOutScores.length)
      const bad = knownBadScoresOf(draft, region)
      const missed = clopperPearson(bad.filter(({ score }) => score <= unsureAbove).length, bad.length)
      return [
        { name: 'failAbove', of, value: failAbove, unit: '', instrument: 'model' },
        { name: 'falseRejects', of, value: rejected.value, unit: 'share', interval: rejected, instrument: 'crossValidation' },
        ...(bad.length > 0 ? [{ name: 'misses', of, value: missed.value, unit: 'share', interval: missed, instrument: 'knownBad' } as const] : []),
        ...(region.latencyMs === undefined ? [] : [{ name: 'latency', of, value: region.latencyMs, unit: 'ms', instrument: 'clock' } as const]),
      ]
    }),
  outputs: (draft) => {
    const budget = draftBudget(draft)
    const { lineTest } = draft
    return [
      ...draft.tests.flatMap(({ output, receipt }): readonly ReportedFigure[] => [
        ...(receipt.onMs === null ? [] : [{ name: 'pulseStart', of: output, value: receipt.onMs - receipt.askedMs, unit: 'ms', instrument: 'readBack' } as const]),
        ...(receipt.onMs === null || receipt.offMs === null ? [] : [{ name: 'pulseWidth', of: output, value: receipt.offMs - receipt.onMs, unit: 'ms', limit: { bound: 'atLeast', value: receipt.pulseMs }, instrument: 'readBack' } as const]),
      ]),
      ...(lineTest ? [{ name: 'loops', value: lineTest.done, unit: '', limit: { bound: 'atLeast', value: lineTest.wanted }, instrument: 'handshake' } as const] : []),
      ...(lineTest?.latencyMs ? [{ name: 'loopLatency', value: lineTest.latencyMs.p99, unit: 'ms', ...(lineTest.allowedMs !== null && { limit: { bound: 'atMost' as const, value: lineTest.allowedMs } }), instrument: 'handshake' } as const] : []),
      ...(budget ? [{ name: 'budgetMargin', value: budget.marginMs, unit: 'ms', limit: { bound: 'atLeast', value: 0 }, instrument: 'timeBudget' } as const] : []),
    ]
  },
  run: () => [],
}

import { Box, Paper } from '@mui/material'
import { useMemo, useState } from 'react'
import { ascending, countAbove } from '../../../src-preload/contract/threshold.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { BaselineCoach } from '../baseline/BaselineCoach.tsx'
import { useSaved } from '../useSaved.ts'
import { CostPanel } from './CostPanel.tsx'
import { DetectorPanel } from './DetectorPanel.tsx'
import { KnownBadPanel } from './KnownBadPanel.tsx'
import { limitMoves, type Limits } from './limits.ts'
import { LineMeaning } from './LineMeaning.tsx'
import { useLineRates } from './lineRates.ts'
import { ScoreHistogram } from './ScoreHistogram.tsx'
import { rangeOf } from './scoreRange.ts'
import { ThresholdFields } from './ThresholdFields.tsx'
import { shownImages, UnusualImages } from './UnusualImages.tsx'
import { useSame } from './useSame.ts'

const noOutliers: readonly string[] = []

export type LearntRegion = NonNullable<CommissioningView['learnt']>[number]

/**
 * One region's line between good and not good, with what it does to parts whose truth is known. Everything that does not hang on the
 * line keeps its identity while the line is dragged, so that only the line, its fields and its row are drawn anew.
 */
export function RegionThreshold({ learnt, view }: { learnt: LearntRegion; view: Pick<CommissioningView, 'baseline' | 'detectors' | 'knownBad' | 'jobs'> }) {
  const client = useClient()
  const rates = useLineRates()
  const { regionId } = learnt
  const { holdOutScores, frameIds, proposed, knownBad } = useSame({ holdOutScores: learnt.holdOutScores, frameIds: learnt.frameIds, proposed: learnt.proposed, knownBad: learnt.knownBad })
  const detector = view.detectors.find((one) => one.regionId === regionId)
  const parts = useSame(view.knownBad.parts)
  const coach = useSame(view.baseline.coach)
  const heard = useSame(limitsOf(learnt))
  const saved = useSaved<Limits>(heard, (limits) => client.commissioning.setThreshold({ regionId, ...limits }))
  const moves = useMemo(() => limitMoves(saved), [saved])
  const limits = saved.value
  const bad = useMemo(() => knownBad.map(({ score }) => score), [knownBad])
  const scores = useMemo(() => ({ good: ascending(holdOutScores), bad: ascending(bad) }), [holdOutScores, bad])
  // The scale stands still under a line that is dragged; only what lies beyond its end makes it longer.
  const [scale] = useState(() => rangeOf([...holdOutScores, proposed.q95, heard.failAbove]))
  const high = Math.max(scale.high, limits.failAbove, Math.min(scores.bad.at(-1) ?? 0, scale.high * 2))
  const range = useMemo(() => ({ low: scale.low, high }), [scale, high])
  const fixed = useMemo(() => [{ name: 'q90', at: proposed.q90 }, { name: 'q95', at: proposed.q95 }], [proposed])
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 21rem', gap: 1.5, minHeight: 0 }}>
      <Box sx={{ display: 'grid', gridTemplateRows: 'minmax(10rem, 1fr) minmax(0, auto)', gap: 1.5, minHeight: 0 }}>
        <Paper variant="outlined" sx={{ p: 1.25, minHeight: 0, minWidth: 0 }}>
          <ScoreHistogram scores={scores} range={range} limits={limits} proposed={proposed} moves={moves} />
        </Paper>
        <LineMeaning regionId={regionId} limits={limits} scores={scores} rates={rates} fixed={fixed} />
      </Box>
      <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'flex', flexDirection: 'column', gap: 1.5, pr: 0.5 }}>
        <ThresholdFields limits={limits} range={range} proposed={proposed} moves={moves} />
        <KnownBadPanel parts={parts} unscored={view.knownBad.unscored} scores={knownBad} isBusy={view.jobs.length > 0} />
        <CostPanel good={holdOutScores} bad={bad} rates={rates} moves={moves} />
        {detector && <DetectorPanel held={detector} />}
        {coach && <BaselineCoach coach={coach} />}
        <UnusualImages frameIds={frameIds} holdOutScores={holdOutScores} failing={Math.min(shownImages, countAbove(scores.good, limits.failAbove))} outliers={coach?.outliers ?? noOutliers} />
      </Box>
    </Box>
  )
}

function limitsOf({ limits: { failAbove, unsureAbove, minAreaPx, basis } }: LearntRegion): Limits {
  const { reason, costRatio } = basis
  return { failAbove, unsureAbove, minAreaPx, ...(reason && { reason }), ...(costRatio !== undefined && { costRatio }) }
}

import { Box, Paper } from '@mui/material'
import { useMemo, useState } from 'react'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useSaved } from '../useSaved.ts'
import { countRejects, rangeOf, type Limits } from './countRejects.ts'
import { RejectTable } from './RejectTable.tsx'
import { ScoreHistogram } from './ScoreHistogram.tsx'
import { ThresholdFields } from './ThresholdFields.tsx'
import { UnusualImages } from './UnusualImages.tsx'

export type LearntRegion = NonNullable<CommissioningView['learnt']>[number]

/** One region's line between good and not good, with what it would have done to the good images. */
export function RegionThreshold({ learnt }: { learnt: LearntRegion }) {
  const client = useClient()
  const { regionId, holdOutScores, proposed } = learnt
  const { failAbove, unsureAbove, minAreaPx } = learnt.limits
  const saved = useSaved<Limits>({ failAbove, unsureAbove, minAreaPx }, (limits) => client.commissioning.setThreshold({ regionId, ...limits }))
  const limits = saved.value
  // The scale stands still under a line that is dragged; only a number typed beyond its end makes it longer.
  const [scale] = useState(() => rangeOf([...holdOutScores, proposed.q95, failAbove]))
  const high = Math.max(scale.high, limits.failAbove)
  const range = useMemo(() => ({ low: scale.low, high }), [scale, high])
  const rejects = useMemo(() => countRejects(holdOutScores, limits), [holdOutScores, limits])
  const moveFail = (value: number): void => {
    const hasBand = limits.unsureAbove < limits.failAbove
    saved.change({ ...limits, failAbove: value, unsureAbove: hasBand ? Math.min(limits.unsureAbove, value) : value })
  }
  const moveUnsure = (value: number): void => saved.change({ ...limits, unsureAbove: Math.min(value, limits.failAbove) })
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 21rem', gap: 1.5, minHeight: 0 }}>
      <Box sx={{ display: 'grid', gridTemplateRows: 'minmax(10rem, 1fr) auto', gap: 1.5, minHeight: 0 }}>
        <Paper variant="outlined" sx={{ p: 1.25, minHeight: 0, minWidth: 0 }}>
          <ScoreHistogram scores={holdOutScores} range={range} limits={limits} proposed={proposed} onFail={moveFail} onUnsure={moveUnsure} />
        </Paper>
        <RejectTable rejects={rejects} />
      </Box>
      <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'flex', flexDirection: 'column', gap: 1.5, pr: 0.5 }}>
        <ThresholdFields limits={limits} range={range} proposed={proposed} onChange={saved.change} onFail={moveFail} onUnsure={moveUnsure} />
        <UnusualImages learnt={learnt} failAbove={limits.failAbove} />
      </Box>
    </Box>
  )
}

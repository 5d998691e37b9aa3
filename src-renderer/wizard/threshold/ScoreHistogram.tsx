import { Box, Typography } from '@mui/material'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownScores } from '../../../src-preload/contract/threshold.ts'
import { useFigures } from '../useFigures.ts'
import type { LimitMoves, Limits } from './limits.ts'
import { ScoreBars } from './ScoreBars.tsx'
import type { ScoreRange } from './scoreRange.ts'
import { ThresholdLine } from './ThresholdLine.tsx'

interface Histogram {
  scores: KnownScores
  range: ScoreRange
  limits: Limits
  proposed: { q90: number; q95: number }
  moves: LimitMoves
}

/** How good parts scored, each when the model had not seen it, and known-bad ones; and the lines that part pass, unsure and fail. */
export function ScoreHistogram({ scores, range, limits, proposed, moves }: Histogram) {
  const { t } = useTranslation('wizard')
  const { score } = useFigures()
  const plot = useRef<HTMLDivElement>(null)
  const share = (value: number): number => Math.min(1, Math.max(0, (value - range.low) / (range.high - range.low)))
  const hasBand = limits.unsureAbove < limits.failAbove
  const line = { plot, range, share }
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr) auto', gap: 0.5 }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('threshold.histogram', { count: scores.good.length })}
        {scores.bad.length > 0 && ` ◆ ${t('threshold.histogramBad', { count: scores.bad.length })}`}
      </Typography>
      <Box ref={plot} sx={{ position: 'relative', mt: 4, minHeight: 0, borderBottom: 1, borderColor: 'text.secondary', touchAction: 'none' }}>
        <Box sx={{ position: 'absolute', inset: 0, right: 'auto', bgcolor: 'action.hover' }} style={{ left: `${share(limits.unsureAbove) * 100}%`, width: `${(1 - share(limits.unsureAbove)) * 100}%` }} />
        <ScoreBars good={scores.good} bad={scores.bad} range={range} proposed={proposed} />
        {hasBand && <ThresholdLine {...line} kind="unsure" value={limits.unsureAbove} onMove={moves.moveUnsure} />}
        <ThresholdLine {...line} kind="fail" value={limits.failAbove} onMove={moves.moveFail} />
      </Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        {[score(range.low), t('threshold.axis'), score(range.high)].map((text) => (
          <Typography key={text} variant="caption" color="textSecondary">
            {text}
          </Typography>
        ))}
      </Box>
    </Box>
  )
}

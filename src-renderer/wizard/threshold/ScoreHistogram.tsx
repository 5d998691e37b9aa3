import { Box, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFigures } from '../useFigures.ts'
import { binScores, type Limits, type ScoreRange } from './countRejects.ts'
import { ThresholdLine } from './ThresholdLine.tsx'

interface Histogram {
  scores: readonly number[]
  range: ScoreRange
  limits: Limits
  proposed: { q90: number; q95: number }
  onFail: (value: number) => void
  onUnsure: (value: number) => void
}

const bins = 36

/** How the good images scored, each when the model had not seen it, and the lines that part pass, unsure and fail. */
export function ScoreHistogram({ scores, range, limits, proposed, onFail, onUnsure }: Histogram) {
  const { t } = useTranslation('wizard')
  const { palette } = useTheme().vars!
  const { score } = useFigures()
  const plot = useRef<HTMLDivElement>(null)
  const counts = useMemo(() => binScores(scores, range, bins), [scores, range])
  const tallest = Math.max(1, ...counts)
  const share = (value: number): number => Math.min(1, Math.max(0, (value - range.low) / (range.high - range.low)))
  const hasBand = limits.unsureAbove < limits.failAbove
  const line = { plot, range, share }
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr) auto', gap: 0.5 }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('threshold.histogram', { count: scores.length })}
      </Typography>
      <Box ref={plot} sx={{ position: 'relative', mt: 4, minHeight: 0, borderBottom: 1, borderColor: 'text.secondary', touchAction: 'none' }}>
        <Box sx={{ position: 'absolute', inset: 0, right: 'auto', bgcolor: 'action.hover' }} style={{ left: `${share(limits.unsureAbove) * 100}%`, width: `${(1 - share(limits.unsureAbove)) * 100}%` }} />
        <svg viewBox={`0 0 ${bins} 1`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden style={{ position: 'absolute', inset: 0 }}>
          {counts.map((count, bin) => (
            <rect key={bin} x={bin + 0.04} width={0.92} y={1 - count / tallest} height={count / tallest} fill={palette.text.secondary} />
          ))}
        </svg>
        <Quantile at={share(proposed.q90)} text="q90" />
        <Quantile at={share(proposed.q95)} text="q95" />
        {hasBand && <ThresholdLine {...line} kind="unsure" value={limits.unsureAbove} onMove={onUnsure} />}
        <ThresholdLine {...line} kind="fail" value={limits.failAbove} onMove={onFail} />
      </Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        <Typography variant="caption" color="textSecondary">
          {score(range.low)}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {t('threshold.axis')}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {score(range.high)}
        </Typography>
      </Box>
    </Box>
  )
}

const Quantile = ({ at, text }: { at: number; text: string }) => (
  <Box aria-hidden sx={{ position: 'absolute', top: '12%', bottom: 0, borderLeft: '2px dotted', borderColor: 'text.secondary', pointerEvents: 'none' }} style={{ left: `${at * 100}%` }}>
    <Typography variant="caption" sx={{ position: 'absolute', top: -2, pl: 0.5, bgcolor: 'background.paper', lineHeight: 1.1, color: 'text.secondary' }} style={text === 'q90' ? { right: 2 } : { left: 0 }}>
      {text}
    </Typography>
  </Box>
)

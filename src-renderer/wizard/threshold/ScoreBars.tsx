import { Box, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import { memo } from 'react'
import { binScores, type ScoreRange } from './scoreRange.ts'

interface Bars {
  good: readonly number[]
  bad: readonly number[]
  range: ScoreRange
  proposed: { q90: number; q95: number }
}

const bins = 36

/** All of the histogram that stands still while a line is dragged: good parts as bars, known-bad ones as diamonds on the axis below. */
export const ScoreBars = memo(function ScoreBars({ good, bad, range, proposed }: Bars) {
  const { palette } = useTheme().vars!
  const counts = binScores(good, range, bins)
  const tallest = Math.max(1, ...counts)
  const share = (value: number): number => Math.min(1, Math.max(0, (value - range.low) / (range.high - range.low)))
  return (
    <>
      <svg viewBox={`0 0 ${bins} 1`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden style={{ position: 'absolute', inset: 0 }}>
        {counts.map((count, bin) => (
          <rect key={bin} x={bin + 0.04} width={0.92} y={1 - count / tallest} height={count / tallest} fill={palette.text.secondary} />
        ))}
      </svg>
      {bad.map((value, i) => (
        <span key={i} aria-hidden data-known-bad style={{ position: 'absolute', left: `${share(value) * 100}%`, bottom: 4 + (i % 3) * 9, width: 9, height: 9, marginLeft: -4.5, transform: 'rotate(45deg)', background: palette.error.main, outline: `1px solid ${palette.background.paper}`, pointerEvents: 'none' }} />
      ))}
      <Quantile at={share(proposed.q90)} text="q90" />
      <Quantile at={share(proposed.q95)} text="q95" />
    </>
  )
})

const Quantile = ({ at, text }: { at: number; text: string }) => (
  <Box aria-hidden sx={{ position: 'absolute', top: '12%', bottom: 0, borderLeft: '2px dotted', borderColor: 'text.secondary', pointerEvents: 'none' }} style={{ left: `${at * 100}%` }}>
    <Typography variant="caption" sx={{ position: 'absolute', top: -2, pl: 0.5, bgcolor: 'background.paper', lineHeight: 1.1, color: 'text.secondary' }} style={text === 'q90' ? { right: 2 } : { left: 0 }}>
      {text}
    </Typography>
  </Box>
)

import { Box, Paper, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'

type Frame = CommissioningView['baseline']['frames'][number]
const height = 40

/** One figure over all captured pictures in their order; the flagged ones are crosses. A drift shows here before it harms. */
export function StripChart({ title, frames, of, flags }: { title: string; frames: readonly Frame[]; of: 'focus' | 'meanLevel'; flags: readonly Frame['flags'][number][] }) {
  const { palette } = useTheme().vars!
  const { count } = useFormats()
  const values = frames.map((frame) => frame[of])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || 1) * 0.1
  const point = (value: number, i: number) => ({ x: ((i + 0.5) / frames.length) * 100, y: height - ((value - low + room) / (high - low + 2 * room || 1)) * height })
  const line = values.map((value, i) => { const { x, y } = point(value, i); return `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}` }).join('')
  return (
    <Paper variant="outlined" sx={{ p: 1, display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', minWidth: 0 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        <Typography variant="body2" noWrap sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        <Typography variant="caption" noWrap color="textSecondary">
          {count(low)} – {count(high)}
        </Typography>
      </Box>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden>
        <path d={line} fill="none" stroke={palette.text.secondary} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
        {frames.map((frame, i) => {
          const { x, y } = point(frame[of], i)
          return frame.flags.some((flag) => flags.includes(flag)) ? <path key={frame.id} d={`M${x} ${y}h.001`} stroke={palette.warning.main} strokeWidth="9" strokeLinecap="square" vectorEffect="non-scaling-stroke" /> : null
        })}
      </svg>
    </Paper>
  )
}

import { useTheme } from '@mui/material/styles'
import type { FocusTrend } from './focusTrend.ts'

const [width, height] = [160, 60]

/** Focus of the last pictures, and the peak as a dashed line: turn the lens until the curve touches it again. */
export function FocusGraph({ trend: { values, peak } }: { trend: FocusTrend }) {
  const { palette } = useTheme().vars!
  const top = peak * 1.1 || 1
  const y = (value: number): number => height - (value / top) * height
  const line = values.map((value, i) => `${i === 0 ? 'M' : 'L'}${(width - values.length + i).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden style={{ display: 'block' }}>
      <path d={`M0 ${height - 0.5}H${width}`} stroke={palette.divider} vectorEffect="non-scaling-stroke" />
      {peak > 0 && <path d={`M0 ${y(peak)}H${width}`} stroke={palette.text.secondary} strokeDasharray="6 4" vectorEffect="non-scaling-stroke" />}
      <path d={line} fill="none" stroke={palette.primary.main} strokeWidth="2" vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
    </svg>
  )
}

import { useTheme } from '@mui/material/styles'
import { useId } from 'react'

const [barWidth, height] = [4, 60]

/** 64 bins of four grey levels, drawn by square root so that a few clipped pixels are not lost; both ends are hatched like the zebra of a camera. */
export function LevelHistogram({ counts, isClipping }: { counts: readonly number[]; isClipping: boolean }) {
  const { palette } = useTheme().vars!
  const zebra = useId()
  const tallest = Math.sqrt(Math.max(1, ...counts))
  const width = 64 * barWidth
  const endColour = isClipping ? palette.warning.main : palette.text.secondary
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden style={{ display: 'block' }}>
      <defs>
        <pattern id={zebra} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V4" stroke={endColour} strokeWidth="3.2" />
        </pattern>
      </defs>
      <rect width={barWidth} height={height} fill={`url(#${zebra})`} opacity="0.55" />
      <rect x={width - barWidth} width={barWidth} height={height} fill={`url(#${zebra})`} opacity="0.55" />
      {counts.map((count, bin) => {
        const tall = (Math.sqrt(count) / tallest) * height
        const isEnd = bin === 0 || bin === 63
        return <rect key={bin} x={bin * barWidth} y={height - tall} width={barWidth - 0.5} height={tall} fill={isEnd ? endColour : palette.text.secondary} />
      })}
      <path d={`M0 ${height - 0.5}H${width}`} stroke={palette.divider} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

import { Box, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import { useTranslation } from 'react-i18next'
import type { LatencyFigures } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'

/** Latencies by frequency; p50 as a dotted line, p99 as a solid one. Drawn by square root, so that a single slow part is still seen. */
export function LatencyHistogram({ figures: { p50, p99, max, histogram } }: { figures: LatencyFigures }) {
  const { t } = useTranslation('io')
  const { tenths } = useFormats()
  const { palette } = useTheme().vars!
  const { fromMs, binMs, counts } = histogram
  const tallest = Math.sqrt(Math.max(1, ...counts))
  const at = (ms: number): number => (ms - fromMs) / binMs
  return (
    <Box>
      <svg viewBox={`0 0 ${counts.length} 1`} preserveAspectRatio="none" width="100%" height="56" aria-hidden style={{ display: 'block' }}>
        {counts.map((count, bin) => (
          <rect key={bin} x={bin + 0.06} width={0.88} y={1 - Math.sqrt(count) / tallest} height={Math.sqrt(count) / tallest} fill={palette.text.secondary} />
        ))}
        <path d={`M${at(p50)} 0V1`} stroke={palette.text.primary} strokeDasharray="3 3" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
        <path d={`M${at(p99)} 0V1`} stroke={palette.text.primary} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      </svg>
      <Typography variant="caption" color="textSecondary">
        {t('latency.axis', { from: tenths(fromMs), to: tenths(max) })}
      </Typography>
    </Box>
  )
}

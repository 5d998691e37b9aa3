import { Box, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import { useTranslation } from 'react-i18next'
import type { ScopePart } from '../../client/stationClient.ts'
import { axisOf, highsOf, laneNames, type High, type LaneName } from './lanes.ts'

interface Plot {
  parts: readonly ScopePart[]
  /** Drawn strong; the others lie faint behind it. */
  strong: ScopePart
}

const [high, low] = [0.2, 0.85]

/** Five signals on one time axis. Strong and faint tell the parts apart, dashes what was asked for: it reads without colour. */
export function ScopePlot({ parts, strong }: Plot) {
  const { t } = useTranslation('io')
  const { endMs, tickMs } = axisOf(parts)
  const ticks = Array.from({ length: Math.round(endMs / tickMs) + 1 }, (_, i) => i * tickMs)
  return (
    <Box role="img" aria-label={t(strong.hasTrigger ? 'scope.axis' : 'scope.axisPicture')} sx={{ display: 'grid', gridTemplate: `repeat(5, minmax(0, 1fr)) auto / minmax(5rem, auto) minmax(0, 1fr)`, columnGap: 1.5, bgcolor: 'background.paper', borderRadius: 1, p: 1.5, minHeight: 0 }}>
      {laneNames.map((name) => (
        <Lane key={name} name={name} parts={parts} strong={strong} endMs={endMs} ticks={ticks} />
      ))}
      <Typography variant="caption" color="textSecondary" sx={{ gridColumn: 1 }}>
        {t('scope.planned')}
      </Typography>
      <Box sx={{ position: 'relative', height: '2.5rem' }}>
        {ticks.map((ms) => (
          <Typography key={ms} variant="caption" sx={{ position: 'absolute', transform: ms === 0 ? 'none' : ms >= endMs ? 'translateX(-100%)' : 'translateX(-50%)' }} style={{ left: `${(ms / endMs) * 100}%` }}>
            {Number(ms.toPrecision(6))}
          </Typography>
        ))}
        <Typography variant="caption" color="textSecondary" sx={{ position: 'absolute', bottom: 0, right: 0 }}>
          {t(strong.hasTrigger ? 'scope.axis' : 'scope.axisPicture')}
        </Typography>
      </Box>
    </Box>
  )
}

function Lane({ name, parts, strong, endMs, ticks }: Plot & { name: LaneName; endMs: number; ticks: readonly number[] }) {
  const { t } = useTranslation('io')
  const { palette } = useTheme().vars!
  const faint = parts.filter((part) => part !== strong)
  return (
    <>
      <Typography variant="body2" sx={{ alignSelf: 'center', fontWeight: 600 }}>
        {t(`scope.lane.${name}`)}
      </Typography>
      <svg viewBox={`0 0 ${endMs} 1`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden style={{ display: 'block', minHeight: 0 }}>
        {ticks.map((ms) => (
          <path key={ms} d={`M${ms} 0V1`} stroke={palette.divider} vectorEffect="non-scaling-stroke" />
        ))}
        {faint.map((part) => (
          <path key={part.number} d={traceOf(highsOf(part)[name], endMs)} fill="none" stroke={palette.text.secondary} opacity={0.35} vectorEffect="non-scaling-stroke" />
        ))}
        {name === 'reject' && strong.planned && (
          <path d={traceOf({ fromMs: strong.planned.onMs, toMs: strong.planned.offMs }, endMs)} fill="none" stroke={palette.text.secondary} strokeWidth="1.5" strokeDasharray="5 4" vectorEffect="non-scaling-stroke" />
        )}
        <path data-lane={name} d={traceOf(highsOf(strong)[name], endMs)} fill="none" stroke={palette.text.primary} strokeWidth="2.2" vectorEffect="non-scaling-stroke" />
      </svg>
    </>
  )
}

/** Low, high, low again; a moment is a line up. */
function traceOf(signal: High | null, endMs: number): string {
  if (!signal) return `M0 ${low}H${endMs}`
  const { fromMs, toMs } = signal
  return toMs === null ? `M0 ${low}H${fromMs}V${high}V${low}H${endMs}` : `M0 ${low}H${fromMs}V${high}H${toMs}V${low}H${endMs}`
}

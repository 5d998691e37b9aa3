import { Box, Button, Paper, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useFigures } from '../useFigures.ts'

type Coach = NonNullable<CommissioningView['baseline']['coach']>

/** What the learnt model says about its own good images: which hardly belong, which show the same part again, and whether more of them would still help. */
export function BaselineCoach({ coach, onSelect }: { coach: Coach; onSelect?: (ids: readonly string[]) => void }) {
  const { t } = useTranslation('wizard')
  const { percent } = useFigures()
  const { now, doubled, isWorthMore, outliers, repeats, points } = coach
  return (
    <Paper variant="outlined" sx={{ px: 1.5, py: 1, display: 'flex', alignItems: 'center', gap: 2 }}>
      <CoverageCurve points={points} now={now} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2">{t('baseline.coach.now', { images: now.images, low: percent(now.low), high: percent(now.high) })}</Typography>
        <Typography variant="body2" color="textSecondary">
          {t(isWorthMore ? 'baseline.coach.worthMore' : 'baseline.coach.enough', { images: doubled.images, low: percent(doubled.low), high: percent(doubled.high) })}
        </Typography>
      </Box>
      {onSelect && repeats.length > 0 && (
        <Button variant="outlined" color="inherit" onClick={() => onSelect(repeats)} sx={{ flex: 'none' }}>
          {t('baseline.coach.repeats', { count: repeats.length })}
        </Button>
      )}
      {onSelect && (
        <Button variant="outlined" color="inherit" disabled={outliers.length === 0} onClick={() => onSelect(outliers)} sx={{ flex: 'none' }}>
          {t('baseline.coach.outliers', { count: outliers.length })}
        </Button>
      )}
    </Paper>
  )
}

/** The interval over the number of good images, narrowing to the right; the mark is where the station is. */
function CoverageCurve({ points, now }: Pick<Coach, 'points' | 'now'>) {
  const { t } = useTranslation('wizard')
  const { palette } = useTheme().vars!
  const most = points.at(-1)!.images
  const tallest = Math.max(...points.map(({ high }) => high))
  const x = (images: number): number => (100 * Math.log(images / points[0]!.images)) / Math.log(most / points[0]!.images)
  const y = (share: number): number => 40 - (40 * share) / tallest
  const outline = [...points.map(({ images, high }) => [x(images), y(high)]), ...points.toReversed().map(({ images, low }) => [x(images), y(low)])]
  return (
    <svg viewBox="-1 -1 102 42" width="8.5rem" height="3.25rem" role="img" aria-label={t('baseline.coach.curve')} style={{ flex: 'none' }}>
      <polygon points={outline.map((point) => point.join(',')).join(' ')} fill={palette.action.selected} />
      <polyline points={points.map(({ images, value }) => `${x(images)},${y(value)}`).join(' ')} fill="none" stroke={palette.text.secondary} strokeWidth={1} />
      <line x1={x(now.images)} x2={x(now.images)} y1={0} y2={40} stroke={palette.primary.main} strokeWidth={1.5} />
      <line x1={0} x2={100} y1={40} y2={40} stroke={palette.text.secondary} strokeWidth={0.75} />
    </svg>
  )
}

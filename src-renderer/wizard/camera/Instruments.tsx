import { Box, Button, Paper, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveFrame } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { useFigures } from '../useFigures.ts'
import { FocusGraph } from './FocusGraph.tsx'
import type { FocusTrend } from './focusTrend.ts'
import { LevelHistogram } from './LevelHistogram.tsx'
import { judgeClipping, judgeLevel } from './lightLimits.ts'

/** Focus with its trend and peak, mean level, clipping and the histogram, of the newest picture. */
export function Instruments({ trend, quality, onResetPeak }: { trend: FocusTrend; quality: LiveFrame['quality'] | null; onResetPeak: () => void }) {
  const { t } = useTranslation('wizard')
  const { percent, wholePercent } = useFigures()
  const { count } = useFormats()
  const focus = trend.values.at(-1)
  const level = quality && judgeLevel(quality.meanLevel)
  const clipping = quality && judgeClipping(quality.clippedFraction)
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1.15fr) minmax(0, 1fr) minmax(0, 1.15fr)', gap: 1.5, height: '11.25rem' }}>
      <Instrument
        title={t('camera.focus')}
        value={focus === undefined ? '–' : count(focus)}
        note={t('camera.peak', { percent: focus === undefined || trend.peak === 0 ? '–' : wholePercent(focus / trend.peak) })}
        action={
          <Button size="small" color="inherit" onClick={onResetPeak}>
            {t('camera.resetPeak')}
          </Button>
        }
      >
        <FocusGraph trend={trend} />
      </Instrument>
      <Box sx={{ display: 'grid', gap: 1.5, minHeight: 0 }}>
        <Instrument title={t('camera.level')} value={quality ? count(quality.meanLevel) : '–'} note={t(`camera.levelNote.${level ?? 'good'}`)} isOff={level !== null && level !== 'good'} />
        <Instrument title={t('camera.clipped')} value={quality ? percent(quality.clippedFraction) : '–'} note={t(`camera.clippedNote.${clipping ?? 'good'}`)} isOff={clipping === 'over'} />
      </Box>
      <Instrument title={t('camera.histogram')} note={t('camera.histogramNote')}>
        <LevelHistogram counts={quality?.histogram ?? []} isClipping={clipping === 'over'} />
      </Instrument>
    </Box>
  )
}

interface InstrumentProps {
  title: string
  value?: string
  note: string
  isOff?: boolean
  action?: ReactNode
  children?: ReactNode
}

function Instrument({ title, value, note, isOff = false, action, children }: InstrumentProps) {
  return (
    <Paper variant="outlined" sx={{ p: 1, minHeight: 0, minWidth: 0, display: 'flex', flexDirection: 'column', borderColor: isOff ? 'warning.main' : 'divider', borderLeftWidth: isOff ? 6 : 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1, minWidth: 0 }}>
        <Typography variant="body2" noWrap sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        <Box sx={{ flex: 1 }} />
        {value !== undefined && <Typography sx={{ fontSize: '1.35rem', fontWeight: 700, lineHeight: 1.1 }}>{value}</Typography>}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', minWidth: 0 }}>
        <Typography variant="caption" color={isOff ? 'textPrimary' : 'textSecondary'} sx={{ flex: 1, fontWeight: isOff ? 650 : 400, lineHeight: 1.2 }}>
          {note}
        </Typography>
        {action}
      </Box>
      {children && <Box sx={{ flex: 1, minHeight: 0, mt: 0.5 }}>{children}</Box>}
    </Paper>
  )
}

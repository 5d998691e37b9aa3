import { Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { IoView, LatencyFigures } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { LatencyHistogram } from './LatencyHistogram.tsx'

/** How long the last parts took: to their decision, and from there to the coil or the PLC's answer. */
export function LatencyCard({ io }: { io: IoView }) {
  const { t } = useTranslation('io')
  return (
    <Paper variant="outlined" component="section" aria-label={t('latency.title')} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Typography component="h3" variant="h3">
        {t('latency.title')}
      </Typography>
      <Figures title={t('latency.decision')} figures={io.decisionMs} />
      <Figures title={t('latency.output')} figures={io.outputMs} />
    </Paper>
  )
}

function Figures({ title, figures }: { title: string; figures: LatencyFigures | null }) {
  const { t } = useTranslation('io')
  const { count, tenths } = useFormats()
  return (
    <>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {title}
      </Typography>
      {figures ? (
        <>
          <LatencyHistogram figures={figures} />
          <Typography variant="body2">{t('latency.figures', { p50: tenths(figures.p50), p99: tenths(figures.p99), max: tenths(figures.max), n: count(figures.n) })}</Typography>
        </>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {t('latency.empty')}
        </Typography>
      )}
    </>
  )
}

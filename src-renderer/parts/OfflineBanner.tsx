import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../store/mirror.ts'
import { HealthShape } from './HealthShape.tsx'
import { useFormats } from './useFormats.ts'
import { useSecondsSince } from './useSecondsSince.ts'
import { useWasRestarted } from './useWasRestarted.ts'

/** Over everything while the station does not answer: what is on the screen is old. */
export function OfflineBanner() {
  const connection = useConnection()
  if (connection.state !== 'offline') return null
  return <Banner sinceMs={connection.sinceMs} />
}

function Banner({ sinceMs }: { sinceMs: number }) {
  const { t } = useTranslation()
  const { time } = useFormats()
  const seconds = useSecondsSince(sinceMs)
  const isRestarted = useWasRestarted()
  return (
    <Box
      role="alert"
      sx={{ position: 'fixed', inset: '0 0 auto 0', zIndex: 'tooltip', display: 'flex', alignItems: 'center', justifyContent: 'center', gap: 1.5, minHeight: '3.5rem', px: 2, py: 1, bgcolor: 'text.primary', color: 'background.default' }}
    >
      <HealthShape status="failure" size="1.75rem" />
      <Typography sx={{ fontWeight: 650 }}>{isRestarted ? t('offline.restarted') : t('offline.title')}</Typography>
      <Typography aria-hidden>{isRestarted ? t('offline.openAgain') : t('offline.since', { time: time(sinceMs), seconds })}</Typography>
    </Box>
  )
}

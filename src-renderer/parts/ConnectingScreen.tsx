import { Box, LinearProgress, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../store/mirror.ts'
import { useSecondsSince } from './useSecondsSince.ts'

const namesItAfterSeconds = 5

/** Before the first view. Quiet at first; after five seconds it says what it waits for. */
export function ConnectingScreen() {
  const connection = useConnection()
  return connection.state === 'connecting' ? <Waiting sinceMs={connection.sinceMs} /> : null
}

function Waiting({ sinceMs }: { sinceMs: number }) {
  const { t } = useTranslation()
  const seconds = useSecondsSince(sinceMs)
  return (
    <Box sx={{ height: '100%', display: 'grid', placeContent: 'center', justifyItems: 'center', gap: 2, px: 2, textAlign: 'center' }}>
      <Typography variant="h1">Stationmaster</Typography>
      <LinearProgress sx={{ width: '16rem' }} aria-label={t('connecting.title')} />
      <Typography color="textSecondary" role="status" sx={{ minHeight: '3em' }}>
        {seconds < namesItAfterSeconds ? t('connecting.title') : t('connecting.waitsFor', { seconds })}
      </Typography>
    </Box>
  )
}

import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { StationView } from '../client/stationClient.ts'
import { mm } from '../parts/mm.ts'
import { useFormats } from '../parts/useFormats.ts'

/** The line was asked to stop: why, since which part, and the operator's way to take it back. Parts go on being judged. */
export function StopRequestBar({ request }: { request: NonNullable<StationView['line']['stopRequest']> }) {
  const { t } = useTranslation('console')
  const client = useClient()
  const { time } = useFormats()
  return (
    <Box role="alert" data-testid="stop-request" sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2.5, py: 0.5, borderRadius: 1, bgcolor: 'warning.main', color: 'warning.contrastText' }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 650, lineHeight: 1.25 }}>{t(`stopRequest.reason.${request.reason}`)}</Typography>
        <Typography variant="body2" sx={{ lineHeight: 1.25 }}>
          {request.partId === null ? t('stopRequest.at', { time: time(request.wallTime) }) : t('stopRequest.part', { id: request.partId, time: time(request.wallTime) })}
        </Typography>
      </Box>
      <Button variant="outlined" color="inherit" onClick={() => void call(client.station.clearStopRequest())} sx={{ flex: 'none', minHeight: mm(15), borderWidth: 2 }}>
        {t('stopRequest.clear')}
      </Button>
    </Box>
  )
}

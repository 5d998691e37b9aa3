import { Box, Button, LinearProgress, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { JobView } from '../client/stationClient.ts'
import { CloseIcon } from '../parts/icons.tsx'

/** What is being done, how far it is, how long it still takes, and Cancel. */
export function JobProgress({ job }: { job: JobView }) {
  const { t } = useTranslation('jobs')
  const client = useClient()
  const percent = Math.round(job.done * 100)
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, flex: 1, minWidth: 0 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 0.5 }}>
          <Typography noWrap>{t(job.stage)}</Typography>
          <Typography noWrap color="textSecondary">
            {t('percent', { percent })}
            {job.etaSeconds !== null && ` · ${t('eta', { seconds: Math.ceil(job.etaSeconds) })}`}
          </Typography>
        </Box>
        <LinearProgress variant="determinate" value={percent} aria-label={t(job.stage)} sx={{ height: 8, borderRadius: 1 }} />
      </Box>
      <Button variant="outlined" color="inherit" startIcon={<CloseIcon />} onClick={() => void call(client.jobs.cancel({ id: job.id }))}>
        {t('cancel')}
      </Button>
    </Box>
  )
}

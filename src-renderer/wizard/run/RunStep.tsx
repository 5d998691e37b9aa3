import { Box, Button, Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { mm } from '../../parts/mm.ts'
import { useSession } from '../../store/mirror.ts'
import { StartIcon } from '../icons.tsx'
import { ReportPanel } from './ReportPanel.tsx'
import { SignPanel } from './SignPanel.tsx'
import { Summary } from './Summary.tsx'

/** Everything that was decided, once more with its figures; then the line runs. */
export function RunStep({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const isReady = view.steps.every(({ id, status }) => id === 'run' || status === 'passed' || status === 'waived')
  const needsSignature = (useSession()?.people.length ?? 0) > 0 && view.signatures.length === 0
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 21rem', gap: 2 }}>
      <Summary view={view} />
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, minHeight: 0 }}>
        <ReportPanel />
        <SignPanel signatures={view.signatures} isReady={isReady} />
        <Paper variant="outlined" sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.5, mt: 'auto' }}>
          <Typography>{t('run.explain')}</Typography>
          <Button variant="contained" size="large" disabled={!isReady || needsSignature} startIcon={<StartIcon />} sx={{ minHeight: mm(16), fontSize: '1.2rem' }} onClick={() => void call(client.commissioning.finish())}>
            {t('run.start')}
          </Button>
        </Paper>
      </Box>
    </Box>
  )
}

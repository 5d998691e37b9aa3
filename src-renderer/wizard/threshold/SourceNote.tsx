import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'

/** Learning goes by a file that somebody brought along: which, and the way back. */
export function SourceNote({ source: { kind, path }, disabled }: { source: NonNullable<CommissioningView['modelling']['source']>; disabled: boolean }) {
  const { t } = useTranslation('models')
  const client = useClient()
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, border: 1, borderColor: 'divider', borderRadius: 1, p: 1 }}>
      <Typography title={path} sx={{ flex: 1, overflowWrap: 'anywhere' }}>
        {t(`import.learnsFrom.${kind}`, { file: path.split(/[\\/]/).at(-1) })}
      </Typography>
      <Button variant="outlined" color="inherit" disabled={disabled} onClick={() => void call(client.commissioning.dropFeatures())} sx={{ flex: 'none' }}>
        {t('import.ownAgain')}
      </Button>
    </Box>
  )
}

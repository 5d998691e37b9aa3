import { Box, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { CommissioningView } from '../client/stationClient.ts'
import { ModelsButton } from '../models/ModelsButton.tsx'
import { LanguageSwitch } from '../parts/LanguageSwitch.tsx'
import { SimulatedTag } from '../parts/SimulatedTag.tsx'
import { ThemeSwitch } from '../parts/ThemeSwitch.tsx'
import { LeaveIcon, RefreshIcon } from './icons.tsx'

/** What is being commissioned, and the two ways out: later (the draft is kept) and from the beginning. */
export function WizardHeader({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const [asks, setAsks] = useState(false)
  return (
    <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2, py: 0.5, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
      <Typography component="h1" variant="h3" noWrap sx={{ minWidth: 0 }}>
        {t('title', { name: view.name })}
      </Typography>
      {view.camera?.isSimulated && <SimulatedTag />}
      <Box sx={{ flex: 1 }} />
      <LanguageSwitch />
      <ThemeSwitch />
      <ModelsButton />
      <Button color="inherit" startIcon={<RefreshIcon />} onClick={() => setAsks(true)}>
        {t('startOver.button')}
      </Button>
      <Button color="inherit" startIcon={<LeaveIcon />} title={t('leaveHint')} onClick={() => void call(client.commissioning.leave())}>
        {t('leave')}
      </Button>
      <Dialog open={asks} onClose={() => setAsks(false)} aria-labelledby="start-over">
        <DialogTitle id="start-over">{t('startOver.title')}</DialogTitle>
        <DialogContent>
          <DialogContentText color="textPrimary">{t('startOver.text', { frames: view.baseline.frames.length, regions: view.regions.length })}</DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button autoFocus color="inherit" onClick={() => setAsks(false)}>
            {t('startOver.keep')}
          </Button>
          <Button color="error" variant="outlined" onClick={() => (setAsks(false), void call(client.commissioning.startOver()))}>
            {t('startOver.confirm')}
          </Button>
        </DialogActions>
      </Dialog>
    </Box>
  )
}

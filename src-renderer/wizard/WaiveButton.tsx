import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { mm } from '../parts/mm.ts'
import type { StepView } from './stepPhase.ts'

const shortestReason = 5

/** Leaves a step undone on purpose: the reason stands in the report beside the name of who is signed in. */
export function WaiveButton({ step }: { step: StepView }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const [asks, setAsks] = useState(false)
  const [reason, setReason] = useState('')
  if (!step.mayBeWaived || !step.isOpen || step.status === 'passed' || step.status === 'waived') return null
  const submit = async (): Promise<void> => {
    if ((await call(client.commissioning.waive({ step: step.id, reason }))).ok) setAsks(false)
  }
  return (
    <>
      <Button color="inherit" sx={{ minHeight: mm(12), flex: 'none' }} onClick={() => setAsks(true)}>
        {t('waive.button')}
      </Button>
      <Dialog open={asks} onClose={() => setAsks(false)} aria-labelledby="waive-title" fullWidth maxWidth="sm">
        <DialogTitle id="waive-title">{t('waive.title', { step: t(`step.${step.id}.title`) })}</DialogTitle>
        <DialogContent>
          <DialogContentText color="textPrimary">{t('waive.text')}</DialogContentText>
          <TextField autoFocus fullWidth multiline minRows={2} label={t('waive.reason')} value={reason} onChange={({ target }) => setReason(target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} sx={{ mt: 2 }} />
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={() => setAsks(false)}>
            {t('common:cancel')}
          </Button>
          <Button variant="outlined" disabled={reason.trim().length < shortestReason} onClick={() => void submit()}>
            {t('waive.confirm')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}

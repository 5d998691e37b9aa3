import { Box, Button, Paper, TextField, Typography } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import { useSession } from '../../store/mirror.ts'
import { DoneIcon } from '../icons.tsx'

const isPin = (text: string): boolean => /^\d{4,8}$/.test(text)

/** Keeps these screens from the operator, for those who want that. */
export function PinField() {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const isSet = useSession()?.pinIsSet ?? false
  const [pin, setPin] = useState('')
  const [wasSet, setWasSet] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!(await call(client.session.setPin({ pin }))).ok) return
    setPin('')
    setWasSet(true)
  }
  return (
    <Paper variant="outlined" component="form" onSubmit={(event) => void submit(event)} sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Typography sx={{ fontWeight: 650 }}>{t('run.pinTitle')}</Typography>
      <Typography variant="body2" color="textSecondary">
        {t('run.pinHelp')}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <TextField size="small" label={t(isSet ? 'run.newPin' : 'run.pin')} type="password" autoComplete="new-password" value={pin} error={pin !== '' && !isPin(pin)} helperText={t('run.pinRule')} onChange={({ target }) => setPin(target.value)} slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 8 } }} />
        <Button type="submit" variant="outlined" disabled={!isPin(pin)}>
          {t('run.setPin')}
        </Button>
      </Box>
      <Typography variant="body2" role="status" sx={{ display: 'flex', alignItems: 'center', gap: 0.5, minHeight: '1.5rem' }}>
        {(wasSet || isSet) && <DoneIcon fontSize="small" />}
        {wasSet || isSet ? t('run.pinIsSet') : t('run.pinIsNotSet')}
      </Typography>
    </Paper>
  )
}

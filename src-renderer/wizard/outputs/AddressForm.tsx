import { Box, Button, TextField } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../fields/NumberField.tsx'
import { isHost, readTarget, writeTarget } from './plcAddress.ts'

export interface TargetForm {
  target: string
  onChoose: (target: string) => void
}

/** A Modbus TCP device that the station connects to. */
export function AddressForm({ target, onChoose }: TargetForm) {
  const { t } = useTranslation('wizard')
  const [address, setAddress] = useState(readTarget(target) ?? { host: '', port: 502, unit: 1 })
  const isWrong = address.host !== '' && !isHost(address.host)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isHost(address.host)) onChoose(writeTarget(address))
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <TextField size="small" label={t('outputs.host')} placeholder="192.168.0.10" value={address.host} error={isWrong} helperText={isWrong ? t('outputs.hostWrong') : undefined} onChange={({ target }) => setAddress({ ...address, host: target.value.trim() })} sx={{ width: '13rem' }} />
      <NumberField label={t('outputs.port')} value={address.port} min={1} max={65_535} isInteger width="6.5rem" onChange={(port) => setAddress({ ...address, port })} />
      <NumberField label={t('outputs.unit')} value={address.unit} min={0} max={255} isInteger width="6rem" onChange={(unit) => setAddress({ ...address, unit })} />
      <Button type="submit" variant="outlined" disabled={!isHost(address.host)}>
        {t('outputs.connect')}
      </Button>
    </Box>
  )
}

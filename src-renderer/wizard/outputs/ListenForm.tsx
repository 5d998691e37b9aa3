import { Box, Button, MenuItem, TextField } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { IoPorts } from '../../client/stationClient.ts'
import { NumberField } from '../fields/NumberField.tsx'
import type { TargetForm } from './AddressForm.tsx'
import { isIpv4, readListen, writeListen } from './plcAddress.ts'

/** The server role: where the PLC connects to, and which clients may. Modbus has no passwords, so both have to be named. */
export function ListenForm({ target, ports, onChoose }: TargetForm & { ports: IoPorts | null }) {
  const { t } = useTranslation('io')
  const known = readListen(target)
  const [address, setAddress] = useState(known ?? { host: '', port: 502, unit: 1, allow: [] as readonly string[] })
  const [allowText, setAllowText] = useState(address.allow.join(', '))
  const interfaces = ports?.interfaces ?? []
  const host = address.host || interfaces[0]?.address || ''
  const allow = allowText.split(/[,\s]+/).filter((one) => one !== '')
  const stranger = allow.find((one) => !isIpv4(one))
  const objection = stranger !== undefined ? t('plc.allowWrong', { address: stranger }) : allow.length === 0 ? t('plc.allowNone') : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!objection && host !== '') onChoose(writeListen({ ...address, host, allow }))
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <TextField select size="small" label={t('plc.interface')} value={host} onChange={({ target }) => setAddress({ ...address, host: target.value })} sx={{ width: '14rem' }}>
        {[...interfaces, ...(interfaces.some((one) => one.address === host) || host === '' ? [] : [{ name: '?', address: host }])].map((one) => (
          <MenuItem key={`${one.name} ${one.address}`} value={one.address}>
            {one.address} ({one.name})
          </MenuItem>
        ))}
      </TextField>
      <NumberField label={t('plc.port')} value={address.port} min={1} max={65_535} isInteger width="6.5rem" onChange={(port) => setAddress({ ...address, port })} />
      <TextField size="small" label={t('plc.allow')} placeholder="192.168.0.10" value={allowText} error={stranger !== undefined} helperText={objection ?? t('plc.allowHelp')} onChange={({ target }) => setAllowText(target.value)} sx={{ width: '15rem' }} />
      <NumberField label={t('plc.unit')} value={address.unit} min={1} max={247} isInteger width="6rem" onChange={(unit) => setAddress({ ...address, unit })} />
      <Button type="submit" variant="outlined" disabled={objection !== undefined || host === ''}>
        {t('plc.use')}
      </Button>
    </Box>
  )
}

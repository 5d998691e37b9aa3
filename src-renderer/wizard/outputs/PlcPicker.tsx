import { Box, Button, Paper, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { HealthShape } from '../../parts/HealthShape.tsx'
import { NumberField } from '../fields/NumberField.tsx'
import type { SaveState } from '../saver.ts'
import { isHost, readTarget, writeTarget } from './plcAddress.ts'

interface Picker {
  target: string
  plc: CommissioningView['plc']
  saveState: SaveState
  onChoose: (target: string) => void
}

/** The simulated PLC, or a Modbus TCP one by its address; the address is used when it is complete and asked for. */
export function PlcPicker({ target, plc, saveState, onChoose }: Picker) {
  const { t } = useTranslation('wizard')
  const [kind, setKind] = useState(target === 'simulated' ? 'simulated' : 'tcp')
  return (
    <Paper variant="outlined" sx={{ p: 1.5, display: 'flex', alignItems: 'flex-start', gap: 2, flexWrap: 'wrap' }}>
      <ToggleButtonGroup exclusive value={kind} aria-label={t('outputs.plc')} onChange={(_event, next: string | null) => next && (setKind(next), next === 'simulated' && onChoose('simulated'))}>
        <ToggleButton value="simulated">{t('outputs.simulated')}</ToggleButton>
        <ToggleButton value="tcp">{t('outputs.tcp')}</ToggleButton>
      </ToggleButtonGroup>
      {kind === 'tcp' && <AddressForm key={target} target={target} onChoose={onChoose} />}
      <PlcState plc={plc} saveState={saveState} target={target} />
    </Paper>
  )
}

function AddressForm({ target, onChoose }: Pick<Picker, 'target' | 'onChoose'>) {
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

function PlcState({ plc, saveState, target }: Omit<Picker, 'onChoose'>) {
  const { t } = useTranslation('wizard')
  const status = saveState === 'saving' ? 'waiting' : (plc?.health.status ?? 'failure')
  return (
    <Box role="status" title={plc?.health.detail} sx={{ display: 'flex', alignItems: 'center', gap: 1, ml: 'auto', minHeight: '2.5rem' }}>
      <HealthShape status={status} size="1.5rem" />
      <Typography>{saveState === 'saving' ? t('outputs.connecting') : plc?.isSimulated ? t('outputs.isSimulated') : t(`health:status.${status}`)}</Typography>
      {target !== 'simulated' && <Typography color="textSecondary">{target}</Typography>}
    </Box>
  )
}

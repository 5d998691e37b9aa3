import { Autocomplete, Box, Button, MenuItem, TextField } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { IoPorts } from '../../client/stationClient.ts'
import { NumberField } from '../fields/NumberField.tsx'
import type { TargetForm } from './AddressForm.tsx'
import { isDevicePath, parities, readSerial, serialDefaults, writeSerial } from './plcAddress.ts'

const bauds = [9_600, 19_200, 38_400, 57_600, 115_200]

/** A Modbus RTU line: a port that was found, or a path that is typed. */
export function SerialForm({ target, ports, onChoose }: TargetForm & { ports: IoPorts | null }) {
  const { t } = useTranslation('io')
  const [address, setAddress] = useState(readSerial(target) ?? { ...serialDefaults, path: ports?.serial[0]?.path ?? '' })
  const isRight = isDevicePath(address.path)
  const hint = address.path !== '' && !isRight ? t('plc.pathWrong') : ports?.serial.length === 0 ? t('plc.noSerial') : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isRight) onChoose(writeSerial(address))
  }
  const pick = (label: string, value: string | number, options: readonly (readonly [value: string | number, text: string])[], onPick: (value: string) => void) => (
    <TextField select size="small" label={label} value={value} onChange={({ target }) => onPick(target.value)} sx={{ width: '7.5rem' }}>
      {options.map(([option, text]) => (
        <MenuItem key={option} value={option}>
          {text}
        </MenuItem>
      ))}
    </TextField>
  )
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <Autocomplete freeSolo size="small" options={ports?.serial.map(({ path }) => path) ?? []} inputValue={address.path} onInputChange={(_event, path) => setAddress({ ...address, path: path.trim() })} renderInput={(input) => <TextField {...input} label={t('plc.path')} placeholder="/dev/ttyUSB0" error={address.path !== '' && !isRight} helperText={hint} />} sx={{ width: '15rem' }} />
      {pick(t('plc.baud'), address.baud, bauds.map((baud) => [baud, String(baud)]), (baud) => setAddress({ ...address, baud: Number(baud) }))}
      {pick(t('plc.parity'), address.parity, parities.map((one) => [one, t(`plc.parities.${one}`)]), (parity) => setAddress({ ...address, parity: parities.find((one) => one === parity) ?? address.parity }))}
      {pick(t('plc.stopBits'), address.stopBits, [1, 2].map((bits) => [bits, String(bits)]), (bits) => setAddress({ ...address, stopBits: Number(bits) }))}
      <NumberField label={t('plc.unit')} value={address.unit} min={1} max={247} isInteger width="6rem" onChange={(unit) => setAddress({ ...address, unit })} />
      <Button type="submit" variant="outlined" disabled={!isRight}>
        {t('plc.use')}
      </Button>
    </Box>
  )
}

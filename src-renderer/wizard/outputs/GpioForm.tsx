import { Box, Button, TextField } from '@mui/material'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TargetForm } from './AddressForm.tsx'
import { isLineList, readGpio, writeGpio } from './plcAddress.ts'

/** GPIO lines of the station's own computer. Which lines are inputs has to be said: the others would be taken for outputs. */
export function GpioForm({ target, onChoose }: TargetForm) {
  const { t } = useTranslation('io')
  const known = readGpio(target)
  const [chip, setChip] = useState(known?.chip ?? 'gpiochip0')
  const [inputs, setInputs] = useState(known?.inputs.join(', ') ?? '')
  const isChip = /^[a-z0-9_-]+$/i.test(chip)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isChip && isLineList(inputs)) onChoose(writeGpio({ chip, inputs: inputs.split(',').filter((line) => line.trim() !== '').map(Number) }))
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <TextField size="small" label={t('plc.chip')} value={chip} error={!isChip} helperText={isChip ? undefined : t('plc.chipWrong')} onChange={({ target }) => setChip(target.value.trim())} sx={{ width: '11rem' }} />
      <TextField size="small" label={t('plc.inputs')} placeholder="4, 17" value={inputs} error={!isLineList(inputs)} helperText={t(isLineList(inputs) ? 'plc.inputsHelp' : 'plc.inputsWrong')} onChange={({ target }) => setInputs(target.value)} sx={{ width: '15rem' }} />
      <Button type="submit" variant="outlined" disabled={!isChip || !isLineList(inputs)}>
        {t('plc.use')}
      </Button>
    </Box>
  )
}

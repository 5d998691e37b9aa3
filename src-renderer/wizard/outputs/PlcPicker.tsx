import { Box, Paper, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView, IoPorts } from '../../client/stationClient.ts'
import { HealthShape } from '../../parts/HealthShape.tsx'
import type { SaveState } from '../saver.ts'
import { AddressForm } from './AddressForm.tsx'
import { GpioForm } from './GpioForm.tsx'
import { ListenForm } from './ListenForm.tsx'
import { kindOf, targetKinds, type TargetKind } from './plcAddress.ts'
import { SerialForm } from './SerialForm.tsx'

interface Picker {
  target: string
  plc: CommissioningView['plc']
  ports: IoPorts | null
  saveState: SaveState
  onChoose: (target: string) => void
}

const titles: Readonly<Record<TargetKind, string>> = { simulated: 'wizard:outputs.simulated', tcp: 'wizard:outputs.tcp', rtu: 'io:plc.rtu', listen: 'io:plc.listen', gpio: 'io:plc.gpio' }

/** The simulated PLC, a Modbus one by its address or serial port, one that connects to the station, or GPIO lines. A target is used when it is complete and asked for. */
export function PlcPicker({ target, plc, ports, saveState, onChoose }: Picker) {
  const { t } = useTranslation('wizard')
  const [kind, setKind] = useState(kindOf(target))
  return (
    <Paper variant="outlined" sx={{ p: 1.5, display: 'flex', alignItems: 'flex-start', gap: 2, flexWrap: 'wrap' }}>
      <ToggleButtonGroup exclusive value={kind} aria-label={t('outputs.plc')} onChange={(_event, next: TargetKind | null) => next && (setKind(next), next === 'simulated' && onChoose('simulated'))}>
        {targetKinds.map((one) => (
          <ToggleButton key={one} value={one}>
            {t(titles[one])}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {kind === 'tcp' && <AddressForm key={target} target={target} onChoose={onChoose} />}
      {kind === 'rtu' && <SerialForm key={target} target={target} ports={ports} onChoose={onChoose} />}
      {kind === 'listen' && <ListenForm key={target} target={target} ports={ports} onChoose={onChoose} />}
      {kind === 'gpio' && <GpioForm key={target} target={target} onChoose={onChoose} />}
      <PlcState plc={plc} saveState={saveState} target={target} />
    </Paper>
  )
}

function PlcState({ plc, saveState, target }: Omit<Picker, 'onChoose' | 'ports'>) {
  const { t } = useTranslation('wizard')
  const status = saveState === 'saving' ? 'waiting' : (plc?.health.status ?? 'failure')
  return (
    <Box role="status" title={plc?.health.detail} sx={{ display: 'flex', alignItems: 'center', gap: 1, ml: 'auto', minHeight: '2.5rem', minWidth: 0 }}>
      <HealthShape status={status} size="1.5rem" />
      <Typography>{saveState === 'saving' ? t('outputs.connecting') : plc?.isSimulated ? t('outputs.isSimulated') : t(`health:status.${status}`)}</Typography>
      {target !== 'simulated' && (
        <Typography color="textSecondary" noWrap title={target}>
          {target.replace(/\?.*/, '')}
        </Typography>
      )}
    </Box>
  )
}

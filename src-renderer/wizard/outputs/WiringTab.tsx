import { Box, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView, IoPorts } from '../../client/stationClient.ts'
import type { Saver } from '../saver.ts'
import { ArmBar } from './ArmBar.tsx'
import { OutputCard, outputNames, type Wiring } from './OutputCard.tsx'
import { PlcPicker } from './PlcPicker.tsx'
import { useArmed } from './useArmed.ts'

interface Tab {
  view: CommissioningView
  saved: Saver<{ target: string; wiring: Wiring }>
  /** The PLC connects to the station, and moves its own outputs. */
  isServer: boolean
  ports: IoPorts | null
  onTarget: (target: string) => void
}

/** Which PLC, which coil says what, and the proof that each moves what it should. */
export function WiringTab({ view, saved, isServer, ports, onTarget }: Tab) {
  const { t } = useTranslation('io')
  const { target, wiring } = saved.value
  const armed = useArmed()
  const [firing, setFiring] = useState<string | null>(null)
  return (
    <Box sx={{ height: '100%', overflowY: 'auto', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <PlcPicker target={target} plc={view.plc} ports={ports} saveState={saved.state} onChoose={onTarget} />
      {isServer ? (
        <Typography>{t('plc.movesOwn')}</Typography>
      ) : (
        <>
          <ArmBar armed={armed} />
          <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 1.5, alignItems: 'stretch' }}>
            {outputNames.map((output) => (
              <OutputCard
                key={output}
                output={output}
                wiring={wiring}
                test={view.tests.find((test) => test.output === output)}
                canFire={armed.isArmed && firing === null && saved.state === 'saved'}
                isFiring={firing === output}
                onFiring={(under) => setFiring(under ? output : null)}
                onWiring={(next) => saved.change({ target, wiring: next })}
              />
            ))}
          </Box>
        </>
      )}
    </Box>
  )
}

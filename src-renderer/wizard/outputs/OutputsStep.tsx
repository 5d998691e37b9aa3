import { Box } from '@mui/material'
import { useState } from 'react'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useSaved } from '../useSaved.ts'
import { ArmBar } from './ArmBar.tsx'
import { OutputCard, outputNames, type Wiring } from './OutputCard.tsx'
import { PlcPicker } from './PlcPicker.tsx'
import { useArmed } from './useArmed.ts'

interface PlcChoice {
  readonly target: string
  readonly wiring: Wiring
}

/** Where the verdict goes: which PLC, which coil says what, and the proof that each moves what it should. */
export function OutputsStep({ view }: { view: CommissioningView }) {
  const client = useClient()
  const saved = useSaved<PlcChoice>({ target: view.plc?.target ?? 'simulated', wiring: view.wiring }, (choice) => client.commissioning.choosePlc(choice))
  const { target, wiring } = saved.value
  const armed = useArmed()
  const [firing, setFiring] = useState<string | null>(null)
  return (
    <Box sx={{ height: '100%', overflowY: 'auto', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <PlcPicker target={target} plc={view.plc} saveState={saved.state} onChoose={(next) => saved.change({ target: next, wiring })} />
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
    </Box>
  )
}

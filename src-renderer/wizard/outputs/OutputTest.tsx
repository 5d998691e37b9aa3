import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { FaultText } from '../../parts/FaultText.tsx'
import { mm } from '../../parts/mm.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { DoneIcon } from '../icons.tsx'
import type { OutputName } from './OutputCard.tsx'

type Test = CommissioningView['tests'][number]

interface OutputTestProps {
  output: OutputName
  test: Test | undefined
  canFire: boolean
  isFiring: boolean
  onFiring: (isFiring: boolean) => void
}

/** Fires the output once, shows what came back and when, and asks the one who stands there what moved. */
export function OutputTest({ output, test, canFire, isFiring, onFiring }: OutputTestProps) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const fire = async (): Promise<void> => {
    onFiring(true)
    await call(client.commissioning.testOutput({ output }))
    onFiring(false)
  }
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, mt: 'auto' }}>
      <Button variant="outlined" disabled={!canFire} sx={{ minHeight: mm(12) }} onClick={() => void fire()}>
        {t(isFiring ? 'outputs.firing' : 'outputs.fire', { output: t(`common:output.${output}`) })}
      </Button>
      <Box role="status" sx={{ minHeight: '8.5rem', display: 'flex', flexDirection: 'column', gap: 1 }}>
        {test && !isFiring && <TestResult output={output} test={test} />}
      </Box>
    </Box>
  )
}

function TestResult({ output, test }: { output: OutputName; test: Test }) {
  const { t } = useTranslation('wizard')
  const { tenths } = useFormats()
  const client = useClient()
  const answer = (seen: boolean): void => void call(client.commissioning.confirmOutput({ output, seen }))
  if (test.fault) return <FaultText fault={test.fault} />
  return (
    <>
      <Typography variant="body2">
        <strong>{t(`outputs.readBack.${test.readBack}`)}</strong>
        {test.onMs !== null && test.offMs !== null && ` ${t('outputs.timing', { on: tenths(test.onMs), width: tenths(test.offMs - test.onMs) })}`}
      </Typography>
      {test.confirmed ? (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <DoneIcon />
          <Typography sx={{ fontWeight: 650, flex: 1 }}>{t('outputs.seen')}</Typography>
          <Button color="inherit" onClick={() => answer(false)}>
            {t('outputs.takeBack')}
          </Button>
        </Box>
      ) : (
        <>
          <Typography sx={{ fontWeight: 650 }}>{t('outputs.didItMove')}</Typography>
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button variant="contained" sx={{ flex: 1 }} onClick={() => answer(true)}>
              {t('outputs.yes')}
            </Button>
            <Button variant="outlined" color="inherit" sx={{ flex: 1 }} onClick={() => answer(false)}>
              {t('outputs.no')}
            </Button>
          </Box>
        </>
      )}
    </>
  )
}

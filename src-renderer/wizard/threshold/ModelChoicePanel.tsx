import { Box, Button } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { JobProgress } from '../JobProgress.tsx'
import { runJob } from '../runJob.ts'
import { CycleTimeFields } from './CycleTimeFields.tsx'
import { MethodChoice } from './MethodChoice.tsx'
import { SettingTable } from './SettingTable.tsx'
import { SourceNote } from './SourceNote.tsx'

type Choice = CommissioningView['modelling']['choice']
type View = Pick<CommissioningView, 'modelling' | 'jobs' | 'regions'>

/** How closely the models look, and what that takes here: the time of a part given, every setting is timed on this machine and the best that fits is proposed. */
export function ModelChoicePanel({ view }: { view: View }) {
  const client = useClient()
  const { choice, cycleTimeMs, source } = view.modelling
  const isBusy = view.jobs.length > 0
  const choose = (change: Partial<Choice>): void => void call(client.commissioning.chooseModel({ ...choice, ...change }))
  return (
    <Box data-testid="model-choice" sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <CycleTimeFields cycleTimeMs={cycleTimeMs} onChange={(ms) => call(client.commissioning.setCycleTime({ cycleTimeMs: ms }))} />
      {source?.kind !== 'anomalib' && <MethodChoice method={choice.method} disabled={isBusy} onChoose={(method) => choose({ method })} />}
      {source ? (
        <SourceNote source={source} disabled={isBusy} />
      ) : (
        <>
          <SettingTable modelling={view.modelling} disabled={isBusy} onChoose={(setting) => choose({ setting })} />
          <Measurement view={view} />
        </>
      )}
    </Box>
  )
}

function Measurement({ view: { modelling, jobs, regions } }: { view: View }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const job = jobs.find(({ kind }) => kind === 'measureSettings')
  if (job) return <JobProgress job={job} />
  return (
    <Button variant="outlined" color="inherit" disabled={jobs.length > 0 || regions.length === 0} onClick={() => void runJob(client.commissioning.measureSettings({ method: modelling.choice.method }))}>
      {t(modelling.timings ? 'choice.measureAgain' : 'choice.measure')}
    </Button>
  )
}

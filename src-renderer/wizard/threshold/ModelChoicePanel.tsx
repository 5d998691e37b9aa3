import { Box, Button, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { JobProgress } from '../JobProgress.tsx'
import { runJob } from '../runJob.ts'
import { CycleTimeFields } from './CycleTimeFields.tsx'
import { SettingTable } from './SettingTable.tsx'

type Choice = CommissioningView['modelling']['choice']

const methods = ['padim', 'patchcore'] as const

/** How closely the models look, and what that takes here: the time of a part given, every setting is timed on this machine and the best that fits is proposed. */
export function ModelChoicePanel({ view }: { view: Pick<CommissioningView, 'modelling' | 'jobs' | 'regions'> }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const { choice, timings, cycleTimeMs } = view.modelling
  const job = view.jobs.find(({ kind }) => kind === 'measureSettings')
  const isBusy = view.jobs.length > 0
  const choose = (change: Partial<Choice>): void => void call(client.commissioning.chooseModel({ ...choice, ...change }))
  return (
    <Box data-testid="model-choice" sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <CycleTimeFields cycleTimeMs={cycleTimeMs} onChange={(ms) => call(client.commissioning.setCycleTime({ cycleTimeMs: ms }))} />
      <Box>
        <Typography id="model-method" variant="body2" sx={{ fontWeight: 600, mb: 0.5 }}>
          {t('choice.parts')}
        </Typography>
        <ToggleButtonGroup exclusive fullWidth disabled={isBusy} value={choice.method} aria-labelledby="model-method" onChange={(_event, method: Choice['method'] | null) => method && choose({ method })}>
          {methods.map((method) => (
            <ToggleButton key={method} value={method} sx={{ flexDirection: 'column', lineHeight: 1.25, py: 0.5 }}>
              <span>{t(`choice.lie.${method}`)}</span>
              <Typography component="span" variant="caption" color="textSecondary">
                {t(`method.${method}`)}
              </Typography>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
      <SettingTable modelling={view.modelling} disabled={isBusy} onChoose={(setting) => choose({ setting })} />
      {job ? (
        <JobProgress job={job} />
      ) : (
        <Button variant="outlined" color="inherit" disabled={isBusy || view.regions.length === 0} onClick={() => void runJob(client.commissioning.measureSettings({ method: choice.method }))}>
          {t(timings ? 'choice.measureAgain' : 'choice.measure')}
        </Button>
      )}
    </Box>
  )
}

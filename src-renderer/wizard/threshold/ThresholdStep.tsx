import { Box, Button, MenuItem, Paper, TextField, Typography } from '@mui/material'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { JobProgress } from '../JobProgress.tsx'
import { runJob } from '../runJob.ts'
import { useMissingText } from '../useMissingText.ts'
import { ModelChoiceButton } from './ModelChoiceButton.tsx'
import { ModelChoicePanel } from './ModelChoicePanel.tsx'
import { RegionThreshold } from './RegionThreshold.tsx'

/** Learns what good looks like, and sets for each region where it ends. */
export function ThresholdStep({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const [chosen, setChosen] = useState<string | null>(null)
  const learnt = view.learnt ?? []
  const region = learnt.find(({ regionId }) => regionId === chosen) ?? learnt[0]
  const nameOf = (id: string): string => view.regions.find((one) => one.id === id)?.name ?? id
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: 1.5 }}>
      <LearnBar view={view}>
        {region && learnt.length > 1 && (
          <TextField select size="small" label={t('threshold.region')} value={region.regionId} onChange={({ target }) => setChosen(target.value)} sx={{ width: '14rem', flex: 'none' }}>
            {learnt.map(({ regionId }) => (
              <MenuItem key={regionId} value={regionId}>
                {nameOf(regionId)}
              </MenuItem>
            ))}
          </TextField>
        )}
      </LearnBar>
      {region ? <RegionThreshold key={region.regionId + region.model.sha256} learnt={region} view={view} /> : <BeforeLearning view={view} />}
    </Box>
  )
}

/** While there is nothing to set a line on, there is room to choose how to learn. */
function BeforeLearning({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  return (
    <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'grid', justifyContent: 'center', alignContent: 'start' }}>
      <Paper variant="outlined" sx={{ p: 2, width: '44rem', maxWidth: '100%', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        <Typography component="h3" variant="h3">
          {t('models:choice.title')}
        </Typography>
        <Typography color="textSecondary">{t('threshold.none')}</Typography>
        <ModelChoicePanel view={view} />
      </Paper>
    </Box>
  )
}

function LearnBar({ view, children }: { view: CommissioningView; children: ReactNode }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const sayMissing = useMissingText()
  const step = view.steps.find(({ id }) => id === 'threshold')!
  const job = view.jobs.find(({ kind }) => kind !== 'captureBaseline' && kind !== 'measureSettings')
  const isDone = step.status === 'passed'
  const seconds = view.learnt?.reduce((sum, region) => sum + region.seconds, 0) ?? 0
  return (
    <Paper variant="outlined" sx={{ p: 1.25, display: 'flex', alignItems: 'center', gap: 2, minHeight: '4.25rem', borderColor: step.status === 'stale' ? 'warning.main' : 'divider', borderLeftWidth: step.status === 'stale' ? 6 : 1 }}>
      {job ? (
        <JobProgress job={job} />
      ) : (
        <>
          <Button variant={isDone ? 'outlined' : 'contained'} color={isDone ? 'inherit' : 'primary'} disabled={!step.isOpen || view.jobs.length > 0} onClick={() => void runJob(client.commissioning.learn())} sx={{ flex: 'none' }}>
            {t(view.learnt ? 'threshold.learnAgain' : 'threshold.learn')}
          </Button>
          <Typography sx={{ flex: 1 }}>
            {isDone && view.learnt ? t('threshold.learnt', { images: view.learnt[0]?.frameIds.length ?? 0, count: view.learnt.length, seconds: Math.round(seconds) }) : step.missing.map(sayMissing).join(' ')}
          </Typography>
          {view.learnt && <ModelChoiceButton view={view} />}
          {children}
        </>
      )}
    </Paper>
  )
}

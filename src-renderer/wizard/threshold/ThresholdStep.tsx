import { Box, Button, MenuItem, Paper, TextField, Typography } from '@mui/material'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { EmptyState } from '../EmptyState.tsx'
import { ThresholdIcon } from '../icons.tsx'
import { JobProgress } from '../JobProgress.tsx'
import { runJob } from '../runJob.ts'
import { useMissingText } from '../useMissingText.ts'
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
      {region ? <RegionThreshold key={region.regionId + region.model.sha256} learnt={region} view={view} /> : <EmptyState Icon={ThresholdIcon} text={t('threshold.none')} />}
    </Box>
  )
}

function LearnBar({ view, children }: { view: CommissioningView; children: ReactNode }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const sayMissing = useMissingText()
  const step = view.steps.find(({ id }) => id === 'threshold')!
  const job = view.jobs.find(({ kind }) => kind !== 'captureBaseline')
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
          {children}
        </>
      )}
    </Paper>
  )
}

import { Box, Button, Paper, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useState } from 'react'
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
      <LearnBar view={view} />
      {region ? (
        <Box sx={{ display: 'grid', gridTemplateRows: learnt.length > 1 ? 'auto minmax(0, 1fr)' : 'minmax(0, 1fr)', gap: 1, minHeight: 0 }}>
          {learnt.length > 1 && (
            <ToggleButtonGroup exclusive value={region.regionId} aria-label={t('threshold.regions')} onChange={(_event, id: string | null) => id && setChosen(id)} sx={{ overflowX: 'auto' }}>
              {learnt.map(({ regionId }) => (
                <ToggleButton key={regionId} value={regionId} sx={{ px: 2, whiteSpace: 'nowrap' }}>
                  {nameOf(regionId)}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          )}
          <RegionThreshold key={region.regionId + region.model.sha256} learnt={region} />
        </Box>
      ) : (
        <EmptyState Icon={ThresholdIcon} text={t('threshold.none')} />
      )}
    </Box>
  )
}

function LearnBar({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const sayMissing = useMissingText()
  const step = view.steps.find(({ id }) => id === 'threshold')!
  const job = view.jobs.find(({ kind }) => kind === 'learn')
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
        </>
      )}
    </Paper>
  )
}

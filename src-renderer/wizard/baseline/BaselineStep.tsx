import { Box, Button, Paper } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { EmptyState } from '../EmptyState.tsx'
import { NumberField } from '../fields/NumberField.tsx'
import { BaselineIcon, CameraIcon, DeleteIcon } from '../icons.tsx'
import { JobProgress } from '../JobProgress.tsx'
import { runJob } from '../runJob.ts'
import { BaselineCoach } from './BaselineCoach.tsx'
import { BaselineCount } from './BaselineCount.tsx'
import { FrameGrid } from './FrameGrid.tsx'
import { StripChart } from './StripChart.tsx'

/** Good parts to learn from: taken as they come past, looked through, and the unfit removed. */
export function BaselineStep({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const { baseline } = view
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const job = view.jobs.find(({ kind }) => kind === 'captureBaseline')
  const chosen = baseline.frames.filter(({ id }) => selected.has(id)).map(({ id }) => id)
  const flagged = baseline.frames.filter(({ flags }) => flags.length > 0).map(({ id }) => id)
  const toggle = (id: string): void => setSelected(selected.has(id) ? new Set([...selected].filter((one) => one !== id)) : new Set([...selected, id]))
  const remove = async (): Promise<void> => {
    if ((await call(client.commissioning.removeBaseline({ ids: chosen }))).ok) setSelected(new Set())
  }
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: ['auto', ...(baseline.coach ? ['auto'] : []), ...(baseline.frames.length > 0 ? ['auto'] : []), 'minmax(0, 1fr)'].join(' '), gap: 1.5 }}>
      <Paper variant="outlined" sx={{ p: 1.5, display: 'flex', alignItems: 'center', gap: 3, minHeight: '4.75rem' }}>
        <BaselineCount {...baseline} total={baseline.frames.length} />
        {job ? <JobProgress job={job} /> : <CaptureButton key={baseline.recommended} ready={baseline.usable} recommended={baseline.recommended} isBusy={view.jobs.length > 0} />}
      </Paper>
      {baseline.coach && <BaselineCoach coach={baseline.coach} onSelect={(ids) => setSelected(new Set(ids))} />}
      {baseline.frames.length > 0 && (
        <Box sx={{ display: 'grid', grid: 'minmax(0, 1fr) / 1fr 1fr', gap: 1.5, height: '6.5rem' }}>
          <StripChart title={t('baseline.focus')} frames={baseline.frames} of="focus" flags={['blurred']} />
          <StripChart title={t('baseline.level')} frames={baseline.frames} of="meanLevel" flags={['dark', 'bright', 'clipped']} />
        </Box>
      )}
      {baseline.frames.length === 0 ? (
        <EmptyState Icon={BaselineIcon} text={t('baseline.none', { minimum: baseline.minimum, recommended: baseline.recommended })} />
      ) : (
        <Box sx={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: 1, minHeight: 0 }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <Button variant="outlined" color="inherit" disabled={flagged.length === 0} onClick={() => setSelected(new Set(flagged))}>
              {t('baseline.selectFlagged', { count: flagged.length })}
            </Button>
            <Button variant="outlined" color="inherit" disabled={chosen.length === 0} onClick={() => setSelected(new Set())}>
              {t('baseline.selectNone')}
            </Button>
            <Box sx={{ flex: 1 }} />
            <Button variant="outlined" color="inherit" startIcon={<DeleteIcon />} disabled={chosen.length === 0} onClick={() => void remove()}>
              {t('baseline.remove', { count: chosen.length })}
            </Button>
          </Box>
          <FrameGrid frames={baseline.frames} selected={selected} onToggle={toggle} onRemove={() => void (chosen.length > 0 && remove())} />
        </Box>
      )}
    </Box>
  )
}

function CaptureButton({ ready, recommended, isBusy }: { ready: number; recommended: number; isBusy: boolean }) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const [count, setCount] = useState<number | null>(null)
  const wanted = count ?? (Math.max(0, recommended - ready) || 10)
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, ml: 'auto' }}>
      <NumberField label={t('baseline.howMany')} value={wanted} min={1} max={500} isInteger width="7rem" onChange={setCount} />
      <Button variant={ready < recommended ? 'contained' : 'outlined'} startIcon={<CameraIcon />} disabled={isBusy} onClick={() => (setCount(null), void runJob(client.commissioning.captureBaseline({ count: wanted })))}>
        {t('baseline.capture', { count: wanted })}
      </Button>
    </Box>
  )
}

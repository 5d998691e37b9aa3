import { Box, Button, FormControlLabel, Switch, TextField, Typography } from '@mui/material'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IoView } from '../../client/stationClient.ts'
import { saveFile } from '../../parts/saveFile.ts'
import { trafficCsv, trafficJsonLines } from './exportTraffic.ts'
import { TrafficTable } from './TrafficTable.tsx'
import { useTraffic } from './useTraffic.ts'

/** Every request and reply since the screen was opened, newest first: filtered, paused, saved. What was refused is marked. */
export function TrafficTab(_props: { io: IoView }) {
  const { t } = useTranslation('io')
  const [isPaused, setIsPaused] = useState(false)
  const [filter, setFilter] = useState('')
  const [onlyRefused, setOnlyRefused] = useState(false)
  const lines = useDeferredValue(useTraffic(isPaused))
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase()
    return lines.filter(({ summary, peer, bytes, trouble }) => (!onlyRefused || trouble !== null) && `${summary} ${peer} ${bytes} ${trouble ?? ''}`.toLowerCase().includes(wanted))
  }, [lines, filter, onlyRefused])
  const missed = lines.length > 0 ? lines.at(-1)!.number - lines[0]!.number + 1 - lines.length : 0
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <TextField size="small" label={t('traffic.filter')} placeholder={t('traffic.filterHelp')} value={filter} onChange={({ target }) => setFilter(target.value)} sx={{ width: '13rem' }} />
        <FormControlLabel control={<Switch checked={onlyRefused} onChange={(_event, on) => setOnlyRefused(on)} />} label={t('traffic.refused')} />
        <Button variant="outlined" color="inherit" aria-pressed={isPaused} onClick={() => setIsPaused(!isPaused)} sx={{ minWidth: '7rem' }}>
          {t(isPaused ? 'traffic.goOn' : 'traffic.pause')}
        </Button>
        <Typography role="status" color="textSecondary" sx={{ flex: 1, fontSize: '0.875rem', lineHeight: 1.2 }}>
          {t('traffic.shown', { shown: shown.length, count: lines.length })}
          {missed > 0 && ` · ${t('traffic.missed', { count: missed })}`}
        </Typography>
        <Button color="inherit" disabled={shown.length === 0} onClick={() => saveFile('traffic.csv', new Blob([trafficCsv(shown)], { type: 'text/csv' }))}>
          {t('traffic.csv')}
        </Button>
        <Button color="inherit" disabled={shown.length === 0} onClick={() => saveFile('traffic.jsonl', new Blob([trafficJsonLines(shown)], { type: 'application/jsonl' }))}>
          {t('traffic.jsonLines')}
        </Button>
      </Box>
      {lines.length === 0 ? <Typography color="textSecondary">{t('traffic.empty')}</Typography> : <TrafficTable lines={shown} />}
    </Box>
  )
}

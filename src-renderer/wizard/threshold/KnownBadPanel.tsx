import { Box, Button, IconButton, Paper, TextField, Typography } from '@mui/material'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { StoredPicture } from '../../parts/StoredPicture.tsx'
import { NumberField } from '../fields/NumberField.tsx'
import { CameraIcon, DeleteIcon } from '../icons.tsx'
import { runJob } from '../runJob.ts'
import { useFigures } from '../useFigures.ts'

interface KnownBad {
  parts: CommissioningView['knownBad']['parts']
  unscored: number
  scores: readonly { readonly id: string; readonly score: number }[]
  isBusy: boolean
}

/** Parts that are defective for sure, put under the camera one after another: only they can tell what a line misses. */
export const KnownBadPanel = memo(function KnownBadPanel({ parts, unscored, scores, isBusy }: KnownBad) {
  const { t } = useTranslation('wizard')
  const client = useClient()
  const [count, setCount] = useState(5)
  const [kind, setKind] = useState('')
  return (
    <Paper variant="outlined" sx={{ p: 1.25, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography sx={{ fontWeight: 600 }}>{t('threshold.knownBad.title', { count: parts.length })}</Typography>
      <Typography variant="body2" color="textSecondary">
        {t('threshold.knownBad.help')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: '7.5rem 1fr', gap: 1 }}>
        <NumberField label={t('threshold.knownBad.howMany')} value={count} min={1} max={200} isInteger width="100%" onChange={setCount} />
        <TextField size="small" label={t('threshold.knownBad.kind')} value={kind} onChange={({ target }) => setKind(target.value)} slotProps={{ htmlInput: { maxLength: 80 } }} />
      </Box>
      <Button variant="outlined" color="inherit" startIcon={<CameraIcon />} disabled={isBusy} onClick={() => void runJob(client.commissioning.captureKnownBad({ count, kind }))}>
        {t('threshold.knownBad.capture', { count })}
      </Button>
      {unscored > 0 && (
        <Button variant="outlined" color="inherit" disabled={isBusy} onClick={() => void runJob(client.commissioning.scoreKnownBad())}>
          {t('threshold.knownBad.score', { count: unscored })}
        </Button>
      )}
      {parts.map((part) => (
        <KnownBadRow key={part.id} part={part} value={scores.find(({ id }) => id === part.id)?.score} />
      ))}
    </Paper>
  )
})

const KnownBadRow = memo(function KnownBadRow({ part, value }: { part: KnownBad['parts'][number]; value: number | undefined }) {
  const { t } = useTranslation(['wizard', 'faults'])
  const { score } = useFigures()
  const client = useClient()
  const [typed, setTyped] = useState<string | null>(null)
  const rename = (): void => {
    if (typed !== null && typed !== part.kind) void call(client.commissioning.nameKnownBad({ id: part.id, kind: typed }))
    setTyped(null)
  }
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '4rem minmax(0, 1fr) 3.5rem auto', gap: 0.75, alignItems: 'center' }}>
      <Box sx={{ height: '2.75rem', bgcolor: 'background.stage', borderRadius: 0.5, overflow: 'hidden' }}>
        <StoredPicture of={{ baselineId: part.id }} maxWidthPx={160} label="" />
      </Box>
      <TextField size="small" variant="standard" value={typed ?? part.kind} onChange={({ target }) => setTyped(target.value)} onBlur={rename} slotProps={{ htmlInput: { 'aria-label': t('threshold.knownBad.kind'), maxLength: 80 } }} />
      <Typography variant="body2" align="right">
        {value === undefined ? '–' : score(value)}
      </Typography>
      <IconButton aria-label={t('threshold.knownBad.remove', { kind: part.kind })} onClick={() => void call(client.commissioning.removeKnownBad({ ids: [part.id] }))}>
        <DeleteIcon />
      </IconButton>
      {part.notScorable && (
        <Typography variant="caption" color="textSecondary" sx={{ gridColumn: '2 / -1' }}>
          {t('threshold.knownBad.notScorable')} {t(`faults:${part.notScorable.code}.problem`)}
        </Typography>
      )}
    </Box>
  )
})

import { Button, MenuItem, Paper, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../client/ClientContext.ts'
import type { CommissioningView, Fault } from '../client/stationClient.ts'
import { notifyOffline } from '../store/notices.ts'
import { JobProgress } from '../wizard/JobProgress.tsx'
import { ImportedList } from './ImportedList.tsx'
import { Refusal } from './Refusal.tsx'

const kinds = ['backbone', 'anomalib', 'detector'] as const
type Kind = (typeof kinds)[number]

/** Takes somebody else's model into the draft, from a file on the station's computer; a refusal stays until the next try. */
export function ImportPanel({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const [kind, setKind] = useState<Kind>('backbone')
  const [path, setPath] = useState('')
  const [names, setNames] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Fault | null>(null)
  const region = view.regions.find(({ id }) => id === chosen) ?? view.regions[0]
  const job = view.jobs.find((one) => one.kind === 'importModel')
  const ask = () => {
    if (kind !== 'detector') return client.commissioning.importFeatures({ kind, path })
    const labels = names.split(',').flatMap((name) => name.trim() || [])
    return client.commissioning.importDetector({ regionId: region!.id, path, ...(labels.length > 0 && { names: labels }) })
  }
  const take = async (): Promise<void> => {
    setRefusal(null)
    try {
      const answer = await ask()
      if (!answer.ok && answer.fault.code !== 'learning/cancelled') setRefusal(answer.fault)
    } catch {
      notifyOffline()
    }
  }
  return (
    <Paper component="section" variant="outlined" aria-label={t('import.title')} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Typography component="h2" variant="h3">
        {t('import.title')}
      </Typography>
      <ToggleButtonGroup exclusive fullWidth value={kind} aria-label={t('import.kind')} onChange={(_event, next: Kind | null) => next && (setKind(next), setRefusal(null))}>
        {kinds.map((one) => (
          <ToggleButton key={one} value={one} sx={{ lineHeight: 1.2, px: 0.75 }}>
            {t(`import.is.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <Typography variant="body2" color="textSecondary">
        {t(`import.about.${kind}`)}
      </Typography>
      <TextField size="small" label={t('import.path')} helperText={t('import.pathHelp')} value={path} onChange={({ target }) => setPath(target.value)} />
      {kind === 'detector' && region && (
        <>
          <TextField select size="small" label={t('import.region')} value={region.id} onChange={({ target }) => setChosen(target.value)}>
            {view.regions.map(({ id, name }) => (
              <MenuItem key={id} value={id}>
                {name}
              </MenuItem>
            ))}
          </TextField>
          <TextField size="small" label={t('import.names')} helperText={t('import.namesHelp')} value={names} onChange={({ target }) => setNames(target.value)} />
        </>
      )}
      {job ? (
        <JobProgress job={job} />
      ) : (
        <Button variant="contained" disabled={path.trim() === '' || view.jobs.length > 0} onClick={() => void take()}>
          {t('import.take')}
        </Button>
      )}
      {refusal && <Refusal fault={refusal} onClose={() => setRefusal(null)} />}
      <ImportedList view={view} />
    </Paper>
  )
}

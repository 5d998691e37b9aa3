import { Button, Paper, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Inference, ModelsView, ProbeView } from '../../src-preload/contract/models.ts'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { ProviderOrder } from './ProviderOrder.tsx'

/** What runs the models now, what was found of each provider, and what shall run them from the next start on. */
export function InferencePanel({ inference: { inUse, configured, onnxruntime, serving, health }, onSaved }: { inference: ModelsView['inference']; onSaved: () => void }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const [wanted, setWanted] = useState<Inference>(configured)
  const [probes, setProbes] = useState<readonly ProbeView[] | 'trying' | null>(null)
  const isChanged = !isSame(wanted, configured)
  const probe = async (): Promise<void> => {
    setProbes('trying')
    const answer = await call(client.models.probe())
    setProbes(answer.ok ? answer.value : null)
  }
  const save = async (): Promise<void> => {
    if ((await call(client.models.setInference(wanted))).ok) onSaved()
  }
  return (
    <Paper component="section" variant="outlined" aria-label={t('inference.title')} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Typography component="h2" variant="h3">
        {t('inference.title')}
      </Typography>
      <Typography variant="body2">
        {t('inference.inUse', { providers: (serving.length > 0 ? serving : inUse.providers).join(', '), onnxruntime })}
        <Typography component="span" variant="body2" color="textSecondary" sx={{ display: 'block' }}>
          {health.detail}
        </Typography>
      </Typography>
      {!isSame(configured, inUse) && (
        <Typography role="status" sx={{ fontWeight: 650, borderLeft: 6, borderColor: 'warning.main', pl: 1 }}>
          {t('inference.atNextStart', { providers: configured.providers.join(', ') })}
        </Typography>
      )}
      <ProviderOrder providers={wanted.providers} probes={probes === 'trying' ? null : probes} onChange={(providers) => setWanted({ ...wanted, providers })} />
      <Button variant="outlined" color="inherit" disabled={probes === 'trying'} onClick={() => void probe()}>
        {t(probes === 'trying' ? 'inference.trying' : 'inference.try')}
      </Button>
      <TextField size="small" label={t('inference.binding')} helperText={t('inference.bindingHelp')} value={wanted.bindingPath ?? ''} onChange={({ target }) => setWanted({ ...wanted, bindingPath: target.value.trim() === '' ? null : target.value })} />
      <Button variant="contained" disabled={!isChanged} onClick={() => void save()}>
        {t('inference.save')}
      </Button>
      <Typography variant="body2" color="textSecondary">
        {t('inference.help')}
      </Typography>
    </Paper>
  )
}

const isSame = (one: Inference, other: Inference): boolean => one.bindingPath === other.bindingPath && one.providers.join() === other.providers.join()

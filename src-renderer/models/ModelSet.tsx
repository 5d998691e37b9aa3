import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { ModelSetView } from '../../src-preload/contract/models.ts'
import { useFormats } from '../parts/useFormats.ts'
import { ModelCard } from './ModelCard.tsx'

/** The models of one recipe, or of the draft. */
export function ModelSet({ title, set, serving }: { title: string; set: ModelSetView; serving: readonly string[] }) {
  const { t } = useTranslation('models')
  return (
    <Box component="section" aria-label={title} sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography component="h2" variant="h2">
          {title}
        </Typography>
        {set.recipe && (
          <Typography variant="body2" color="textSecondary" title={set.recipe}>
            {t('set.recipe', { hash: set.recipe.slice(0, 12) })}
          </Typography>
        )}
        {set.isStale && <Typography sx={{ fontWeight: 650, borderLeft: 6, borderColor: 'warning.main', pl: 1 }}>{t('set.stale')}</Typography>}
      </Box>
      {set.seal && <Seal seal={set.seal} />}
      {set.models.map((model) => (
        <ModelCard key={model.regionId} view={model} serving={serving} />
      ))}
    </Box>
  )
}

function Seal({ seal: { state, frames, provider, wallTime, worst } }: { seal: NonNullable<ModelSetView['seal']> }) {
  const { t } = useTranslation('models')
  const { time } = useFormats()
  const isBroken = state === 'broken'
  return (
    <Typography data-seal={state} title={worst} sx={isBroken ? { fontWeight: 650, borderLeft: 6, borderColor: 'error.main', pl: 1 } : { color: 'text.secondary' }}>
      {t(`seal.${state}`, { count: frames, provider, time: wallTime === '' ? '' : time(wallTime) })}
    </Typography>
  )
}

import { Box, IconButton, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { CommissioningView } from '../client/stationClient.ts'
import { CloseIcon } from '../parts/icons.tsx'

/** What the draft has taken in, and the way to be rid of it. */
export function ImportedList({ view: { modelling, detectors, regions } }: { view: CommissioningView }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const { source } = modelling
  if (!source && detectors.length === 0) return null
  return (
    <Box component="ul" aria-label={t('import.taken')} sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 0.5 }}>
      {source && <Imported text={t(`import.learnsFrom.${source.kind}`, { file: fileOf(source.path) })} hint={source.path} onDrop={() => void call(client.commissioning.dropFeatures())} />}
      {detectors.map(({ regionId, file, isStale }) => (
        <Imported key={regionId} text={t(isStale ? 'import.staleDetector' : 'import.hasDetector', { file, region: regions.find(({ id }) => id === regionId)?.name ?? '' })} hint={file} onDrop={() => void call(client.commissioning.dropDetector({ regionId }))} />
      ))}
    </Box>
  )
}

function Imported({ text, hint, onDrop }: { text: string; hint: string; onDrop: () => void }) {
  const { t } = useTranslation('models')
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1, borderTop: 1, borderColor: 'divider', pt: 0.5 }}>
      <Typography variant="body2" title={hint} sx={{ flex: 1, overflowWrap: 'anywhere' }}>
        {text}
      </Typography>
      <IconButton aria-label={t('import.drop', { what: hint })} onClick={onDrop}>
        <CloseIcon fontSize="small" />
      </IconButton>
    </Box>
  )
}

const fileOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

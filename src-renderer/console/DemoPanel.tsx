import { Box, Button, Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { StationView } from '../client/stationClient.ts'
import { mm } from '../parts/mm.ts'

/** On a simulated camera: a button for everything that can happen to the next part. */
export function DemoPanel({ world }: { world: NonNullable<StationView['world']> }) {
  const { t } = useTranslation('console')
  return (
    <Paper component="section" elevation={6} aria-label={t('demo.title')} data-testid="demo" sx={{ position: 'absolute', right: 0, bottom: 0, zIndex: 1, maxHeight: '100%', overflow: 'auto', width: 'min(27rem, 100%)', p: 2, boxSizing: 'border-box' }}>
      <Typography variant="h3" component="h2">
        {t('demo.title')}
      </Typography>
      <Choices title={t('demo.defects')} names={world.defects} labelOf={(what) => t(`defect.${what}`, { defaultValue: what })} />
      <Choices title={t('demo.frameFaults')} names={world.frameFaults} labelOf={(what) => t(`frameFault.${what}`, { defaultValue: what })} />
    </Paper>
  )
}

function Choices({ title, names, labelOf }: { title: string; names: readonly string[]; labelOf: (what: string) => string }) {
  const client = useClient()
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1, mb: 0.5 }}>
        {title}
      </Typography>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' }}>
        {names.map((what) => (
          <Button key={what} variant="outlined" color="inherit" onClick={() => void call(client.world.inject({ what }))} sx={{ minHeight: mm(15), px: 0.5, fontSize: '0.9375rem' }}>
            {labelOf(what)}
          </Button>
        ))}
      </Box>
    </>
  )
}

import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { BackIcon } from '../parts/icons.tsx'
import { LanguageSwitch } from '../parts/LanguageSwitch.tsx'
import { ThemeSwitch } from '../parts/ThemeSwitch.tsx'
import { useCommissioning, useStation } from '../store/mirror.ts'
import { ImportPanel } from './ImportPanel.tsx'
import { InferencePanel } from './InferencePanel.tsx'
import { leaveModels } from './modelsAddress.ts'
import { ModelSet } from './ModelSet.tsx'
import { useModels } from './useModels.ts'

/** The models in force and those of the draft, with what is known of each, and what runs them. */
export function ModelsScreen() {
  const { t } = useTranslation('models')
  const { view, refresh } = useModels()
  const mode = useStation()?.mode
  const commissioning = useCommissioning()
  return (
    <Box sx={{ height: '100dvh', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', overflow: 'hidden' }}>
      <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2, py: 0.5, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
        <Button color="inherit" startIcon={<BackIcon />} onClick={leaveModels}>
          {t('leave')}
        </Button>
        <Typography component="h1" variant="h3" sx={{ flex: 1 }}>
          {t('title')}
        </Typography>
        <LanguageSwitch />
        <ThemeSwitch />
      </Box>
      <Box component="main" sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 25rem', gap: 2, p: 2, minHeight: 0 }}>
        <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'flex', flexDirection: 'column', gap: 2, pr: 0.5 }}>
          {view && (view.active ? <ModelSet title={t('set.active', { name: view.active.name })} set={view.active} serving={view.inference.serving} /> : <Typography color="textSecondary">{t('set.noneActive')}</Typography>)}
          {view?.draft && <ModelSet title={t('set.draft', { name: view.draft.name })} set={view.draft} serving={[]} />}
        </Box>
        <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'flex', flexDirection: 'column', gap: 2 }}>
          {mode === 'commissioning' && commissioning ? <ImportPanel view={commissioning} /> : <Typography color="textSecondary">{t('import.whileCommissioning')}</Typography>}
          {view && <InferencePanel key={JSON.stringify(view.inference.configured)} inference={view.inference} onSaved={refresh} />}
        </Box>
      </Box>
    </Box>
  )
}

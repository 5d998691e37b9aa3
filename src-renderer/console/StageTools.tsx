import { Box, IconButton, Slider, ToggleButton } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { DemoIcon, HeatIcon } from '../parts/icons.tsx'
import { mm } from '../parts/mm.ts'
import { setUi, useUiSettings } from '../store/uiSettings.ts'

const square = { width: mm(15), height: mm(15), flexDirection: 'column', gap: 0.25, fontSize: '0.8125rem', borderRadius: 1 } as const

/** Beside the picture: the heat and its opacity, and on a simulated camera the demo's buttons. */
export function StageTools({ isDemoOpen, onToggleDemo }: { isDemoOpen: boolean; onToggleDemo: (() => void) | null }) {
  const { t } = useTranslation('console')
  const { heatmapShown, heatmapOpacity } = useUiSettings()
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', alignItems: 'center', gap: 1.5 }}>
      <ToggleButton value="heat" color="primary" selected={heatmapShown} title={t('heat.toggle')} aria-label={t('heat.toggle')} aria-keyshortcuts="H" onChange={() => setUi({ heatmapShown: !heatmapShown })} sx={square}>
        <HeatIcon />
        <span>H</span>
      </ToggleButton>
      <Slider
        orientation="vertical"
        disabled={!heatmapShown}
        value={Math.round(heatmapOpacity * 100)}
        onChange={(_event, percent) => setUi({ heatmapOpacity: percent / 100 })}
        aria-label={t('heat.opacity')}
        valueLabelDisplay="auto"
        valueLabelFormat={(percent) => `${percent} %`}
        sx={{ flex: 1, minHeight: 0, width: mm(1), px: mm(7), '& .MuiSlider-thumb': { width: '1.75rem', height: '1.75rem' } }}
      />
      {onToggleDemo && (
        <IconButton color={isDemoOpen ? 'primary' : 'inherit'} title={t('demo.title')} aria-label={t('demo.title')} aria-expanded={isDemoOpen} onClick={onToggleDemo} sx={{ ...square, border: 1, borderColor: 'divider' }}>
          <DemoIcon />
        </IconButton>
      )}
    </Box>
  )
}

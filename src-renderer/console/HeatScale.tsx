import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { scaleEndsAt } from './heatPixels.ts'
import { viridisCss } from './viridis.ts'

/** What the heat's colours mean: the tick is the region's limit. */
export function HeatScale() {
  const { t } = useTranslation('console')
  return (
    <Box aria-hidden sx={{ position: 'absolute', top: 8, right: 8, width: '9rem', p: 0.75, bgcolor: 'rgb(0 0 0 / 0.62)', color: '#fff', fontSize: '0.8125rem', lineHeight: 1.2, pointerEvents: 'none' }}>
      <Box sx={{ height: 10, background: viridisCss, position: 'relative' }}>
        <Box style={{ left: `${100 / scaleEndsAt}%` }} sx={{ position: 'absolute', top: -2, bottom: -4, width: '2px', bgcolor: '#fff' }} />
      </Box>
      <Box style={{ marginLeft: `${100 / scaleEndsAt}%` }} sx={{ mt: 0.5, width: 'max-content', transform: 'translateX(-50%)' }}>
        {t('heat.limit')}
      </Box>
    </Box>
  )
}

import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'

/** On every screen that shows simulated parts. A dashed frame, so it is taken for neither a verdict nor a button. */
export function SimulatedTag() {
  const { t } = useTranslation()
  return (
    <Box
      component="span"
      sx={{ px: 1, py: 0.375, border: '1.5px dashed', borderColor: 'text.secondary', borderRadius: 0.5, fontSize: '0.8125rem', fontWeight: 700, letterSpacing: '0.08em', lineHeight: 1.2, whiteSpace: 'nowrap' }}
    >
      {t('simulated')}
    </Box>
  )
}

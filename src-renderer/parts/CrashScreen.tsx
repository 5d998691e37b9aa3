import { Box, Button, Typography } from '@mui/material'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mm } from './mm.ts'

/** Instead of a blank page after a bug in a screen. The screens are a mirror, so loading them again is a full cure. */
export class CrashScreen extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const { t } = useTranslation()
  return (
    <Box role="alert" sx={{ height: '100%', display: 'grid', placeContent: 'center', justifyItems: 'start', gap: 2, px: 3 }}>
      <Typography variant="h1">{t('crash.title')}</Typography>
      <Typography>{t('crash.cause')}</Typography>
      <Button variant="contained" onClick={() => window.location.reload()} sx={{ minHeight: mm(20) }}>
        {t('crash.reload')}
      </Button>
    </Box>
  )
}

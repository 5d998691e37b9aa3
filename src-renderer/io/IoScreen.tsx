import { Box, Button, Tab, Tabs, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BackIcon } from '../parts/icons.tsx'
import { LanguageSwitch } from '../parts/LanguageSwitch.tsx'
import { ThemeSwitch } from '../parts/ThemeSwitch.tsx'
import { ioBodies, ioTabs, type IoTab } from './ioTabs.tsx'
import { PlcState } from './PlcState.tsx'
import { useIo } from './useIo.ts'

/** The technician's room for the wiring of a commissioned station: signals, scope, traffic, tests and time budget. */
export function IoScreen({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('io')
  const io = useIo()
  const [tab, setTab] = useState<IoTab>('signals')
  const Body = ioBodies[tab]
  return (
    <Box component="main" sx={{ height: '100dvh', display: 'grid', gridTemplateRows: 'auto auto minmax(0, 1fr)', overflow: 'hidden' }}>
      <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2, py: 0.5, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
        <Button color="inherit" startIcon={<BackIcon />} onClick={onLeave}>
          {t('back')}
        </Button>
        <Typography component="h1" variant="h2">
          {t('title')}
        </Typography>
        <PlcState plc={io?.plc ?? null} />
        <Box sx={{ flex: 1 }} />
        <LanguageSwitch />
        <ThemeSwitch />
      </Box>
      <Tabs value={tab} aria-label={t('tabs')} onChange={(_event, next: IoTab) => setTab(next)} sx={{ px: 1, borderBottom: 1, borderColor: 'divider' }}>
        {ioTabs.map((id) => (
          <Tab key={id} value={id} label={t(`tab.${id}`)} />
        ))}
      </Tabs>
      <Box sx={{ minHeight: 0, minWidth: 0, p: 2 }}>{io?.plc ? <Body io={io} /> : <Typography role="status">{t(io ? 'noPlc' : 'waiting')}</Typography>}</Box>
    </Box>
  )
}

import { Box, Button, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import type { StationView } from '../client/stationClient.ts'
import { HoldButton } from '../parts/HoldButton.tsx'
import { HelpIcon, ReviewIcon, RunIcon, StopIcon } from '../parts/icons.tsx'
import { mm } from '../parts/mm.ts'
import { notifyText } from '../store/notices.ts'

const face = { minHeight: mm(20), px: 1, flexDirection: 'column', gap: 0.25, lineHeight: 1.15, bgcolor: 'background.paper', borderWidth: 2, overflow: 'hidden' } as const

/** The operator's three buttons. Stop is never green and Run never red (EN 60204-1); neither is round. */
export function StationButtons({ station, isOnline, onHelp }: { station: StationView; isOnline: boolean; onHelp: () => void }) {
  const { t } = useTranslation('console')
  const client = useClient()
  const unsure = station.counters.unsure
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', flex: 'none' }}>
      <Button variant="outlined" color="inherit" aria-disabled onClick={() => notifyText('console:review.notYet')} sx={{ ...face, color: 'text.secondary', borderColor: 'divider' }}>
        <Face icon={<ReviewIcon />} text={t('button.review', { count: unsure })} hint={t('review.reason')} />
      </Button>
      {station.mode === 'running' ? (
        <HoldButton variant="outlined" color="inherit" disabled={!isOnline} onHeld={() => void call(client.station.stop())} sx={face}>
          <Face icon={<StopIcon />} text={t('button.stop')} hint={t('button.stopHint')} />
        </HoldButton>
      ) : (
        <Button variant="contained" disabled={!isOnline} onClick={() => void call(client.station.run())} sx={{ ...face, bgcolor: 'primary.main' }}>
          <Face icon={<RunIcon />} text={t('button.run')} hint={t('button.runHint')} />
        </Button>
      )}
      <Button variant="outlined" color="inherit" onClick={onHelp} sx={face}>
        <Face icon={<HelpIcon />} text={t('button.help')} hint="F1" />
      </Button>
    </Box>
  )
}

const Face = ({ icon, text, hint }: { icon: ReactNode; text: string; hint: string }) => (
  <>
    <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 0.75, maxWidth: '100%' }}>
      {icon}
      <span>{text}</span>
    </Box>
    <Typography component="span" variant="caption" sx={{ fontWeight: 450, lineHeight: 1.15 }}>
      {hint}
    </Typography>
  </>
)

import { Button, Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { IoView } from '../../client/stationClient.ts'
import { HoldButton } from '../../parts/HoldButton.tsx'
import { mm } from '../../parts/mm.ts'

/** Before anything moves by hand: held for a second, it arms for a minute. A running station says why it does not. */
export function ArmPanel({ io: { armed, isRunning, forced } }: { io: IoView }) {
  const { t } = useTranslation('io')
  const client = useClient()
  const isMine = armed?.byThisScreen === true
  const seconds = Math.ceil((armed?.leftMs ?? 0) / 1_000)
  const text = isRunning ? t('arm.running') : isMine ? t('arm.left', { seconds }) : armed ? t('arm.elsewhere', { seconds }) : t('arm.help')
  return (
    <Paper variant="outlined" sx={{ px: 1.5, py: 0.75, display: 'flex', alignItems: 'center', gap: 2, borderColor: isMine ? 'warning.main' : 'divider', borderLeftWidth: isMine ? 6 : 1 }}>
      <HoldButton variant="outlined" color="inherit" disabled={isRunning || (armed !== null && !isMine)} onHeld={() => void call(client.io.arm())} sx={{ flex: 'none', minHeight: mm(12) }}>
        {t('arm.hold')}
      </HoldButton>
      <Typography color={isMine ? 'textPrimary' : 'textSecondary'} sx={{ flex: 1 }}>
        {text}
      </Typography>
      <Button variant="outlined" color="inherit" disabled={!isMine && forced.length === 0} onClick={() => void call(client.io.disarm())} sx={{ flex: 'none', minHeight: mm(12) }}>
        {t('arm.off')}
      </Button>
    </Paper>
  )
}

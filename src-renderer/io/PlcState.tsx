import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { IoView } from '../client/stationClient.ts'
import { HealthShape } from '../parts/HealthShape.tsx'
import { SimulatedTag } from '../parts/SimulatedTag.tsx'

/** Which PLC is open, and how its link is. */
export function PlcState({ plc }: { plc: IoView['plc'] }) {
  const { t } = useTranslation('health')
  if (!plc) return null
  return (
    <Box role="status" title={plc.health.detail} sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      <HealthShape status={plc.health.status} size="1.5rem" />
      <Typography>{t(`status.${plc.health.status}`)}</Typography>
      <Typography color="textSecondary" noWrap>
        {plc.target}
      </Typography>
      {plc.isSimulated && <SimulatedTag />}
    </Box>
  )
}

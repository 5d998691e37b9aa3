import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../client/stationClient.ts'

/** A fault as a person hears it: what is wrong, why, what to do next. The detail is the engineer's, in a tooltip. */
export function FaultText({ fault }: { fault: Fault }) {
  const { t } = useTranslation('faults')
  return (
    <Box title={fault.detail}>
      <Typography sx={{ fontWeight: 650 }}>{t(`${fault.code}.problem`)}</Typography>
      <Typography variant="body2">{t(`${fault.code}.cause`)}</Typography>
      <Typography variant="body2" sx={{ fontWeight: 550 }}>
        {t(`${fault.code}.action`)}
      </Typography>
    </Box>
  )
}

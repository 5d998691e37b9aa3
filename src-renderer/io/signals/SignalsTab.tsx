import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { IoView } from '../../client/stationClient.ts'
import { FaultNotice } from '../../parts/FaultNotice.tsx'
import { ArmPanel } from './ArmPanel.tsx'
import { RegisterTable } from './RegisterTable.tsx'

/** Every address that the wiring names, as it is now, and coils to be moved by hand. */
export function SignalsTab({ io }: { io: IoView }) {
  const { t } = useTranslation('io')
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: 1.5 }}>
      <ArmPanel io={io} />
      <Box sx={{ overflowY: 'auto', minHeight: 0 }}>
        {io.registersFault && <FaultNotice fault={io.registersFault} />}
        {io.registers.length > 0 ? <RegisterTable io={io} /> : <Typography color="textSecondary">{t('registersEmpty')}</Typography>}
      </Box>
    </Box>
  )
}

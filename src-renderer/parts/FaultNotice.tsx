import { Alert } from '@mui/material'
import type { Fault } from '../client/stationClient.ts'
import { FaultText } from './FaultText.tsx'
import { HealthShape } from './HealthShape.tsx'

/** A fault in the flow of a page. */
export function FaultNotice({ fault, onClose }: { fault: Fault; onClose?: () => void }) {
  return (
    <Alert severity="error" variant="outlined" icon={<HealthShape status="failure" size="1.5rem" />} onClose={onClose} sx={{ bgcolor: 'background.paper', color: 'text.primary' }}>
      <FaultText fault={fault} />
    </Alert>
  )
}

import type { ButtonProps } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../client/call.ts'
import { useClient } from '../client/ClientContext.ts'
import { CommissionIcon } from '../parts/icons.tsx'
import { TechnicianButton } from './TechnicianButton.tsx'

/** The technician's way into commissioning. */
export function CommissionButton({ sx }: Pick<ButtonProps, 'sx'>) {
  const { t } = useTranslation()
  const client = useClient()
  return (
    <TechnicianButton sx={sx} startIcon={<CommissionIcon />} onAllowed={() => void call(client.commissioning.begin({}))}>
      {t('session.commission')}
    </TechnicianButton>
  )
}

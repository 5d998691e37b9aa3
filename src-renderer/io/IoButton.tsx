import type { ButtonProps } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { strokeIcon } from '../parts/strokeIcon.tsx'
import { TechnicianButton } from '../session/TechnicianButton.tsx'
import { openIo } from './useIoOpen.ts'

const IoIcon = strokeIcon('M3 8h5l2-3v14l2-8l2 5h7')

/** The technician's way to the wiring. */
export function IoButton(button: Pick<ButtonProps, 'sx'>) {
  const { t } = useTranslation('io')
  return (
    <TechnicianButton {...button} startIcon={<IoIcon />} onAllowed={openIo}>
      {t('title')}
    </TechnicianButton>
  )
}

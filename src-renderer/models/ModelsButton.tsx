import type { ButtonProps } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { ModelsIcon } from '../parts/icons.tsx'
import { TechnicianButton } from '../session/TechnicianButton.tsx'
import { openModels } from './modelsAddress.ts'

/** The technician's way to the models and to what runs them. */
export function ModelsButton({ sx }: Pick<ButtonProps, 'sx'>) {
  const { t } = useTranslation('models')
  return (
    <TechnicianButton sx={sx} startIcon={<ModelsIcon />} onAllowed={openModels}>
      {t('title')}
    </TechnicianButton>
  )
}

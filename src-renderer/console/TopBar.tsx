import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { StationView } from '../client/stationClient.ts'
import { IoButton } from '../io/IoButton.tsx'
import { ModelsButton } from '../models/ModelsButton.tsx'
import { LanguageSwitch } from '../parts/LanguageSwitch.tsx'
import { mm } from '../parts/mm.ts'
import { SimulatedTag } from '../parts/SimulatedTag.tsx'
import { ThemeSwitch } from '../parts/ThemeSwitch.tsx'
import { CommissionButton } from '../session/CommissionButton.tsx'
import { SignOutButton } from '../session/SignOutButton.tsx'

const kiosk = { minHeight: mm(15), minWidth: mm(15), bgcolor: 'transparent' } as const

/** Which recipe runs, what the station does, and the ways out of here. */
export function TopBar({ station }: { station: StationView }) {
  const { t } = useTranslation('console')
  const state = station.mode === 'stopped' ? 'stopped' : station.state
  return (
    <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minHeight: mm(15), minWidth: 0 }}>
      <Typography component="h1" variant="h2" noWrap sx={{ minWidth: 0 }}>
        {station.recipe?.name ?? t('noRecipe')}
      </Typography>
      <Typography color="textSecondary" noWrap sx={{ minWidth: 0 }}>
        {t(`state.${state}`)}
      </Typography>
      {station.isSimulated && <SimulatedTag />}
      <Box sx={{ ml: 'auto', display: 'flex', flex: 'none', alignItems: 'center', gap: 0.5 }}>
        <LanguageSwitch sx={kiosk} />
        <ThemeSwitch sx={kiosk} />
        <SignOutButton sx={kiosk} />
        <ModelsButton sx={kiosk} />
        <IoButton sx={kiosk} />
        <CommissionButton sx={kiosk} />
      </Box>
    </Box>
  )
}

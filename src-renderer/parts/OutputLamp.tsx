import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { OutputLamp as Lamp } from '../client/stationClient.ts'

/** A coil as a lamp: filled while it is on. A pulse is shorter than a glance, so the count beside it tells what happened. */
export function OutputLamp({ name, lamp }: { name: 'accept' | 'reject' | 'hold'; lamp: Lamp | null }) {
  const { t } = useTranslation()
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0, color: lamp ? 'text.primary' : 'text.secondary' }}>
      <Box
        aria-hidden
        sx={{ width: '1.1em', height: '1.1em', flex: 'none', borderRadius: '50%', border: '2.5px solid', borderStyle: lamp ? 'solid' : 'dashed', borderColor: lamp?.isOn ? 'primary.main' : 'text.secondary', bgcolor: lamp?.isOn ? 'primary.main' : 'transparent' }}
      />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="caption" component="div" noWrap color="text.secondary" sx={{ lineHeight: 1.2 }}>
          {t(`output.${name}`)}
        </Typography>
        <Typography component="div" noWrap sx={{ fontWeight: 600, lineHeight: 1.2 }}>
          {lamp ? lamp.pulses : t('output.notWired')}
          {lamp && <Box component="span" className="visuallyHidden">{` ${t(lamp.isOn ? 'output.on' : 'output.off')}`}</Box>}
        </Typography>
      </Box>
    </Box>
  )
}

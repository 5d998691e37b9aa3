import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { OutputLamp as Lamp } from '../client/stationClient.ts'
import { useFormats } from './useFormats.ts'

/** A coil as a lamp: filled while it is on. A pulse is shorter than a glance, so the count beside it tells what happened. */
export function OutputLamp({ name, lamp }: { name: 'accept' | 'reject' | 'hold'; lamp: Lamp | null }) {
  const { t } = useTranslation()
  const { count } = useFormats()
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, color: lamp ? 'text.primary' : 'text.secondary' }}>
      <Box
        aria-hidden
        sx={{ width: '1.125rem', height: '1.125rem', mx: '0.125rem', flex: 'none', borderRadius: '50%', border: '2px', borderStyle: lamp ? 'solid' : 'dashed', borderColor: lamp?.isOn ? 'primary.main' : 'text.secondary', bgcolor: lamp?.isOn ? 'primary.main' : 'transparent' }}
      />
      <Typography variant="body2" noWrap>
        {t(`output.${name}`)}
        {lamp && <span className="visuallyHidden">{` ${t(lamp.isOn ? 'output.on' : 'output.off')}`}</span>}
      </Typography>
      <Typography variant="body2" sx={{ ml: 'auto', fontWeight: lamp ? 600 : 400, whiteSpace: 'nowrap' }}>
        {lamp ? count(lamp.pulses) : t('output.notWired')}
      </Typography>
    </Box>
  )
}

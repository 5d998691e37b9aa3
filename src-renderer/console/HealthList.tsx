import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Health, StationView } from '../client/stationClient.ts'
import { HealthShape } from '../parts/HealthShape.tsx'

const worstFirst: readonly Health['status'][] = ['failure', 'functionCheck', 'outOfSpecification', 'maintenance', 'waiting', 'ok']
const rank = ({ status }: Health): number => worstFirst.indexOf(status)

/** Each device with its NE 107 shape and a word, worst first. */
export function HealthList({ health }: { health: StationView['health'] }) {
  const { t } = useTranslation('health')
  const devices = (Object.keys(health) as (keyof typeof health)[]).sort((a, b) => rank(health[a]) - rank(health[b]))
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.75 }}>
      {devices.map((device) => {
        const { status, detail } = health[device]
        const isQuiet = status === 'ok' || status === 'waiting'
        return (
          <Box component="li" key={device} title={detail} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <HealthShape status={status} size="1.375rem" />
            <Box sx={{ minWidth: 0 }}>
              <Typography component="span" variant="body2" sx={{ fontWeight: isQuiet ? 400 : 650 }}>
                {t(`device.${device}`)}
              </Typography>{' '}
              <Typography component="span" variant="body2" color={isQuiet ? 'textSecondary' : 'textPrimary'}>
                {t(`status.${status}`)}
              </Typography>
            </Box>
          </Box>
        )
      })}
    </Box>
  )
}

import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { StationView } from '../client/stationClient.ts'
import { useFormats } from '../parts/useFormats.ts'

/** Figures for whoever walks by with a notebook: speed, what the limits are, how long evidence can still be kept. */
export function Facts({ station }: { station: StationView }) {
  const { t } = useTranslation('console')
  const { count } = useFormats()
  const { decisionMs, storage, recipe } = station
  const facts = [
    ['decision', decisionMs ? t('facts.p50p99', { p50: count(decisionMs.p50), p99: count(decisionMs.p99) }) : '–'],
    ['evidence', !storage ? '–' : storage.hoursLeft === null ? t('facts.free', { gigabytes: count(storage.freeBytes / 1e9) }) : t('facts.hours', { hours: count(storage.hoursLeft) })],
    ['recipe', recipe?.fingerprint ?? '–'],
  ] as const
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gap: 0.5 }}>
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: 1.5 }}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {t(`facts.${name}`)}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, fontWeight: 600 }}>
            {value}
          </Typography>
        </Box>
      ))}
    </Box>
  )
}

import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../client/stationClient.ts'
import { clampLines } from './clampLines.ts'
import { Headline } from './Headline.tsx'

/** Why there is no verdict, and what the station waits for or what to do. */
export function StationSentence({ kind, fault }: { kind: string; fault: Fault | null }) {
  const { t } = useTranslation('console')
  const [headline, next] = fault ? [t(`faults:${fault.code}.problem`), t(`faults:${fault.code}.action`)] : [t(`standstill.${kind}.headline`), t(`standstill.${kind}.next`)]
  return (
    <Box aria-live="polite" title={fault?.detail}>
      <Headline text={headline} />
      {fault && <Typography sx={{ mt: 0.5, lineHeight: 1.3, ...clampLines(2) }}>{t(`faults:${fault.code}.cause`)}</Typography>}
      <Typography sx={{ mt: 0.5, lineHeight: 1.3, fontWeight: 550, ...clampLines(3) }}>{next}</Typography>
    </Box>
  )
}

import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { StationView } from '../client/stationClient.ts'
import { mm } from '../parts/mm.ts'
import { useFormats } from '../parts/useFormats.ts'
import { VerdictShape, type VerdictKind } from '../parts/VerdictShape.tsx'

const rows = [
  { kind: 'pass', counter: 'passes' },
  { kind: 'fail', counter: 'fails' },
  { kind: 'unsure', counter: 'unsure' },
  { kind: 'fault', counter: 'faults' },
] as const satisfies readonly { kind: VerdictKind; counter: keyof StationView['counters'] }[]

/** Inter's figures are 0.727 em high: 12 mm of figure need 16.5 mm of font. */
const figureFontMm = 16.5

/** How many parts came out which way, in figures 12 mm high. */
export function Counters({ counters }: { counters: StationView['counters'] }) {
  const { t } = useTranslation('console')
  const { count } = useFormats()
  return (
    <Box component="dl" data-testid="counters" sx={{ m: 0, display: 'flex', flexDirection: 'column', justifyContent: 'space-between', gap: 1, height: '100%' }}>
      {rows.map(({ kind, counter }) => (
        <Box key={kind} sx={{ display: 'flex', flexDirection: 'column', gap: '0.55em' }}>
          <Typography component="dt" variant="body2" color="textSecondary" sx={{ display: 'flex', alignItems: 'center', gap: 0.75, lineHeight: 1.1 }}>
            <VerdictShape kind={kind} size="1em" markColour="var(--mui-palette-background-paper)" />
            {t(`counter.${counter}`)}
          </Typography>
          <Typography component="dd" sx={{ m: 0, fontSize: mm(figureFontMm), fontWeight: 500, letterSpacing: '-0.035em', lineHeight: 1, textBox: 'trim-both cap alphabetic' }}>
            {count(counters[counter])}
          </Typography>
        </Box>
      ))}
    </Box>
  )
}

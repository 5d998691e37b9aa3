import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { PartSummary } from '../client/stationClient.ts'
import { VerdictShape, type VerdictKind } from './VerdictShape.tsx'

export const verdictColour: Record<VerdictKind, string> = {
  pass: 'success.main',
  fail: 'error.main',
  unsure: 'warning.main',
  fault: 'text.primary',
  ready: 'text.secondary',
  hold: 'text.primary',
  stopped: 'text.secondary',
}

/** A frame with a fault was not judged, whatever else its record says. */
export const verdictOf = (part: Pick<PartSummary, 'outcome' | 'fault'>): VerdictKind => (part.fault ? 'fault' : (part.outcome ?? 'fault'))

/** Shape and word in one line of text. */
export function VerdictBadge({ kind }: { kind: VerdictKind }) {
  const { t } = useTranslation()
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: '0.4em', fontWeight: 700 }}>
      <Box component="span" sx={{ display: 'inline-flex', color: verdictColour[kind] }}>
        <VerdictShape kind={kind} size="1.3em" markColour="var(--mui-palette-background-paper)" />
      </Box>
      {t(`verdict.${kind}`)}
    </Box>
  )
}

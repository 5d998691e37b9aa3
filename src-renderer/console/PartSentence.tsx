import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { PartSummary } from '../client/stationClient.ts'
import { useFormats } from '../parts/useFormats.ts'
import { useReasonText } from '../parts/useReasonText.ts'
import { clampLines } from './clampLines.ts'
import { Headline } from './Headline.tsx'

/** Region and reason in plain words, then which part it was and what the line was told. */
export function PartSentence({ part }: { part: PartSummary }) {
  const { t } = useTranslation('console')
  const { time, count } = useFormats()
  const textOf = useReasonText()
  const reasons = part.fault ? [t(`faults:${part.fault.code}.problem`), t(`faults:${part.fault.code}.action`)] : part.reasons.map(textOf)
  const [headline, ...rest] = reasons
  const facts = [
    t('part.number', { number: count(part.sequence), id: part.partId }),
    time(part.wallTime),
    part.decisionMs === null ? null : t('part.decidedIn', { ms: count(part.decisionMs) }),
  ]
  return (
    <Box aria-live="polite">
      <Headline text={headline ?? ''} />
      {rest.length > 0 && <Typography sx={{ mt: 0.5, lineHeight: 1.3, ...clampLines(2) }}>{rest.join(' ')}</Typography>}
      <Typography variant="body2" sx={{ mt: 0.75, opacity: 0.92, fontVariantNumeric: 'normal' }}>
        {facts.filter((fact) => fact !== null).join(' · ')}
        <Box component="span" sx={{ display: 'block', fontWeight: 650 }}>
          {t(`disposition.${part.disposition}`)}, {t(`readBack.${part.readBack ?? 'underWay'}`)}
        </Box>
      </Typography>
    </Box>
  )
}

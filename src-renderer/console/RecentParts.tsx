import { Box, ButtonBase, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { PartSummary } from '../client/stationClient.ts'
import { mm } from '../parts/mm.ts'
import { StoredPicture } from '../parts/StoredPicture.tsx'
import { useFormats } from '../parts/useFormats.ts'
import { verdictColour, verdictOf } from '../parts/VerdictBadge.tsx'
import { VerdictShape } from '../parts/VerdictShape.tsx'

const shown = 12

/** The last parts as time runs, the newest at the right; the chosen one is framed. */
export function RecentParts({ recent, chosen, onChoose }: { recent: readonly PartSummary[]; chosen: PartSummary | null; onChoose: (part: PartSummary) => void }) {
  const { t } = useTranslation('console')
  const slots = [...Array<null>(Math.max(0, shown - recent.length)).fill(null), ...recent.slice(0, shown).toReversed()]
  return (
    <Box component="section" aria-label={t('recent.title')} sx={{ containerType: 'inline-size', flex: 'none' }}>
      <Box sx={{ display: 'grid', gap: 0.5, gridTemplateColumns: 'repeat(6, minmax(0, 1fr))', '@container (min-width: 44rem)': { gridTemplateColumns: 'repeat(12, minmax(0, 1fr))' } }}>
        {slots.map((part, i) =>
          part ? <Thumb key={part.resultId} part={part} isChosen={part.resultId === chosen?.resultId} onChoose={onChoose} /> : <Box key={i} sx={{ height: mm(16), borderRadius: 0.5, border: '1px dashed', borderColor: 'divider' }} />,
        )}
      </Box>
    </Box>
  )
}

function Thumb({ part, isChosen, onChoose }: { part: PartSummary; isChosen: boolean; onChoose: (part: PartSummary) => void }) {
  const { t } = useTranslation('console')
  const { count } = useFormats()
  const kind = verdictOf(part)
  return (
    <ButtonBase
      focusRipple={false}
      aria-pressed={isChosen}
      aria-label={t('recent.part', { number: count(part.sequence), verdict: t(`common:verdict.${kind}`) })}
      onClick={() => onChoose(part)}
      sx={{ height: mm(16), flexDirection: 'column', borderRadius: 0.5, overflow: 'hidden', bgcolor: 'background.paper', boxShadow: isChosen ? 'inset 0 0 0 3px var(--mui-palette-primary-main)' : 'none', p: '3px' }}
    >
      <Box sx={{ flex: 1, minHeight: 0, alignSelf: 'stretch', bgcolor: 'background.stage', borderRadius: '3px', overflow: 'hidden' }}>
        <StoredPicture of={{ resultId: part.resultId }} maxWidthPx={160} label="" />
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, height: '1.375rem', color: verdictColour[kind] }}>
        <VerdictShape kind={kind} size="0.9375rem" markColour="var(--mui-palette-background-paper)" />
        <Typography variant="caption" color="textPrimary" sx={{ fontWeight: 600 }}>
          {String(part.sequence).slice(-4)}
        </Typography>
      </Box>
    </ButtonBase>
  )
}

import { Box, Typography } from '@mui/material'
import { useTheme } from '@mui/material/styles'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BudgetView } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'

/** From trigger to ejector on one axis: solid is certain, hatched is when the decision and the timing decide. The part's own stretch must hold all of the ejector's. */
export function BudgetDiagram({ budget }: { budget: BudgetView }) {
  const { t } = useTranslation('io')
  const { count } = useFormats()
  const { palette } = useTheme().vars!
  const hatch = useId()
  const { travelMs, pitchMs, set, delayFrom, facts } = budget
  const { fastestDecisionMs: fastest, slowestDecisionMs: slowest, timingErrorMs: error, ejectorReactionMs: reaction } = facts
  const [first, last] = delayFrom === 'trigger' ? [0, 0] : [fastest, slowest]
  const acts = { from: first + set.delayMs + reaction - error, surely: last + set.delayMs + reaction + error, rests: first + set.delayMs + reaction + set.pulseMs - error, to: last + set.delayMs + reaction + set.pulseMs + error }
  const part = { from: travelMs - pitchMs / 2, to: travelMs + pitchMs / 2 }
  const endMs = Math.max(part.to + pitchMs / 4, acts.to * 1.02, slowest, 1)
  const bar = (from: number, to: number, fill: string): ReactNode => <rect x={from} width={Math.max(0, to - from)} y={0.2} height={0.6} fill={fill} />
  const rows = [
    { name: 'decision', shapes: bar(fastest, Math.max(slowest, fastest + endMs / 400), palette.text.secondary) },
    { name: 'ejector', shapes: <>{bar(acts.from, acts.to, `url(#${hatch})`)}{bar(acts.surely, acts.rests, palette.text.primary)}</> },
    { name: 'part', shapes: <>{bar(part.from - pitchMs, part.to - pitchMs, palette.divider)}{bar(part.to, part.to + pitchMs, palette.divider)}{bar(part.from, part.to, palette.text.secondary)}</> },
  ] as const
  return (
    <Box role="img" aria-label={t('budget.diagram', { fastest: count(fastest), slowest: count(slowest), from: count(acts.from), to: count(acts.to), partFrom: count(part.from), partTo: count(part.to) })} sx={{ display: 'grid', gridTemplateColumns: 'minmax(6rem, auto) minmax(0, 1fr)', gap: 0.75, columnGap: 1.5, alignItems: 'center', bgcolor: 'background.paper', borderRadius: 1, p: 1.5 }}>
      {rows.map(({ name, shapes }) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Typography variant="body2">{t(`budget.row.${name}`)}</Typography>
          <svg viewBox={`0 0 ${endMs} 1`} preserveAspectRatio="none" width="100%" height="30" aria-hidden style={{ display: 'block' }}>
            <defs>
              <pattern id={hatch} width={endMs / 120} height="1" patternUnits="userSpaceOnUse">
                <rect width={endMs / 240} height="1" fill={palette.text.secondary} />
              </pattern>
            </defs>
            {shapes}
            <path d={`M${travelMs} 0V1`} stroke={palette.text.primary} strokeDasharray="4 3" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
          </svg>
        </Box>
      ))}
      <span />
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        <Typography variant="caption">0 ms</Typography>
        <Typography variant="caption">{count(endMs)} ms</Typography>
      </Box>
    </Box>
  )
}

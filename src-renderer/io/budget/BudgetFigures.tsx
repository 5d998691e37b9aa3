import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { BudgetView, IoView } from '../../client/stationClient.ts'
import { HealthShape } from '../../parts/HealthShape.tsx'
import { useFormats } from '../../parts/useFormats.ts'

const unitOf = (fact: string): string => (fact.endsWith('MmPerS') ? 'mm/s' : fact.endsWith('Mm') ? 'mm' : 'ms')

interface Figures {
  budget: BudgetView
  timing: IoView['timing']
  /** Absent where nothing can be taken over. */
  onUse?: (proposal: { delayMs: number; pulseMs: number }) => void
}

/** Margin and windows, the numbers to change where there are any, and the proposal. */
export function BudgetFigures({ budget, timing, onUse }: Figures) {
  const { t } = useTranslation('io')
  const { tenths, count } = useFormats()
  const { changes, marginMs, travelMs, pitchMs, delayMs, pulseMs, set, proposal, delayFrom } = budget
  const window = (key: 'budget.delayWindow' | 'budget.pulseWindow', legal: { from: number; to: number }, value: number): string => t(key, { from: tenths(legal.from), to: tenths(legal.to), set: tenths(value) })
  const isSet = proposal !== null && proposal.delayMs === set.delayMs && proposal.pulseMs === set.pulseMs
  return (
    <Box role="status" sx={{ display: 'flex', flexDirection: 'column', gap: 0.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <HealthShape status={changes.length === 0 ? 'ok' : 'failure'} size="1.5rem" />
        <Typography variant="h3" component="p">
          {marginMs < 0 ? t('budget.negative', { margin: tenths(-marginMs) }) : t(changes.length === 0 ? 'budget.margin' : 'budget.outside', { margin: tenths(marginMs) })}
        </Typography>
      </Box>
      {changes.length === 0 ? (
        <Typography>{t('budget.fits')}</Typography>
      ) : (
        <Box>
          <Typography sx={{ fontWeight: 600 }}>{t('budget.change')}</Typography>
          {changes.map(({ fact, bound, value }) => (
            <Typography key={fact} data-change={fact}>
              ▲ {t(`budget.${bound}`, { number: t(`budget.fact.${fact}`), value: tenths(value), unit: unitOf(fact) })}
            </Typography>
          ))}
        </Box>
      )}
      <Typography variant="body2">{t('budget.travel', { travel: tenths(travelMs), pitch: tenths(pitchMs) })}</Typography>
      {delayMs && (
        <Typography variant="body2">
          {window('budget.delayWindow', delayMs, set.delayMs)}, {t(`budget.from.${delayFrom}`)}
        </Typography>
      )}
      {pulseMs && <Typography variant="body2">{window('budget.pulseWindow', pulseMs, set.pulseMs)}</Typography>}
      <Typography variant="body2" color="textSecondary">
        {t(`budget.measured.${timing.source}`, { n: count(timing.n) })} {t('budget.decision', { fastest: tenths(timing.fastestDecisionMs), slowest: tenths(timing.slowestDecisionMs), error: tenths(timing.timingErrorMs) })}
      </Typography>
      {onUse && proposal && !isSet && (
        <Button variant="contained" onClick={() => onUse(proposal)} sx={{ alignSelf: 'start', mt: 0.5 }}>
          {t('budget.use', { delay: tenths(proposal.delayMs), pulse: tenths(proposal.pulseMs) })}
        </Button>
      )}
    </Box>
  )
}

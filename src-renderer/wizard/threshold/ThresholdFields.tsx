import { Box, Button, FormControlLabel, IconButton, Paper, Switch } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../fields/NumberField.tsx'
import { MinusIcon, PlusIcon } from '../icons.tsx'
import type { Limits, ScoreRange } from './countRejects.ts'
import { nudgeOf } from './nudge.ts'

interface Fields {
  limits: Limits
  range: ScoreRange
  proposed: { q90: number; q95: number }
  onChange: (limits: Limits) => void
  onFail: (value: number) => void
  onUnsure: (value: number) => void
}

/** How far below the fail line the unsure line begins when it is switched on. */
const firstBand = 0.9

/** The same limits by number and by button. */
export function ThresholdFields({ limits, range, proposed, onChange, onFail, onUnsure }: Fields) {
  const { t } = useTranslation('wizard')
  const hasBand = limits.unsureAbove < limits.failAbove
  return (
    <Paper variant="outlined" sx={{ p: 1.25, display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Nudged name={t('threshold.failLine')} value={limits.failAbove} range={range} onMove={onFail} />
      <Box sx={{ display: 'flex', gap: 1 }}>
        {(['q90', 'q95'] as const).map((rule) => (
          <Button key={rule} variant="outlined" color="inherit" sx={{ flex: 1, px: 0.5 }} onClick={() => onFail(proposed[rule])}>
            {t('threshold.toProposed', { rule })}
          </Button>
        ))}
      </Box>
      <FormControlLabel control={<Switch checked={hasBand} onChange={(_event, on) => onChange({ ...limits, unsureAbove: limits.failAbove * (on ? firstBand : 1) })} />} label={t('threshold.band')} />
      {hasBand && <Nudged name={t('threshold.unsureLine')} value={limits.unsureAbove} range={range} onMove={onUnsure} max={limits.failAbove} />}
      <NumberField label={t('threshold.minArea')} helperText={t('threshold.minAreaHelp')} value={limits.minAreaPx} min={0} max={1_000_000} unit="px²" width="100%" onChange={(minAreaPx) => onChange({ ...limits, minAreaPx })} />
    </Paper>
  )
}

function Nudged({ name, value, range, max, onMove }: { name: string; value: number; range: ScoreRange; max?: number; onMove: (value: number) => void }) {
  const { t } = useTranslation('wizard')
  return (
    <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'flex-start' }}>
      <IconButton aria-label={t('threshold.lower', { name })} onClick={() => onMove(nudgeOf(value, -1, range))}>
        <MinusIcon />
      </IconButton>
      <NumberField label={name} value={value} min={Number.MIN_VALUE} max={max} step={(range.high - range.low) / 400} decimals={4} width="100%" onChange={onMove} />
      <IconButton aria-label={t('threshold.raise', { name })} onClick={() => onMove(nudgeOf(value, 1, range))}>
        <PlusIcon />
      </IconButton>
    </Box>
  )
}

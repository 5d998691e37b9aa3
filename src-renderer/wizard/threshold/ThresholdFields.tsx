import { Box, Button, FormControlLabel, IconButton, Paper, Switch, TextField } from '@mui/material'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../fields/NumberField.tsx'
import { MinusIcon, PlusIcon } from '../icons.tsx'
import type { LimitMoves, Limits } from './limits.ts'
import { nudgeOf } from './nudge.ts'
import type { ScoreRange } from './scoreRange.ts'

interface Fields {
  limits: Limits
  range: ScoreRange
  proposed: { q90: number; q95: number }
  moves: LimitMoves
}

/** The same limits by number and by button, and why they are what they are. */
export function ThresholdFields({ limits, range, proposed, moves }: Fields) {
  const hasBand = limits.unsureAbove < limits.failAbove
  return (
    <Paper variant="outlined" sx={{ p: 1.25, display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Nudged kind="fail" value={limits.failAbove} range={range} onMove={moves.moveFail} />
      {hasBand && <Nudged kind="unsure" value={limits.unsureAbove} range={range} onMove={moves.moveUnsure} max={limits.failAbove} />}
      <StillFields hasBand={hasBand} minAreaPx={limits.minAreaPx} reason={limits.reason ?? ''} proposed={proposed} moves={moves} />
    </Paper>
  )
}

type Still = { hasBand: boolean; minAreaPx: number; reason: string } & Pick<Fields, 'proposed' | 'moves'>

/** What does not change while a line is dragged. */
const StillFields = memo(function StillFields({ hasBand, minAreaPx, reason, proposed, moves }: Still) {
  const { t } = useTranslation('wizard')
  return (
    <>
      <Box sx={{ display: 'flex', gap: 1 }}>
        {(['q90', 'q95'] as const).map((rule) => (
          <Button key={rule} variant="outlined" color="inherit" sx={{ flex: 1, px: 0.5 }} onClick={() => moves.moveFail(proposed[rule])}>
            {t('threshold.toProposed', { rule })}
          </Button>
        ))}
      </Box>
      <FormControlLabel control={<Switch checked={hasBand} onChange={(_event, on) => moves.setBand(on)} />} label={t('threshold.band')} />
      <NumberField label={t('threshold.minArea')} helperText={t('threshold.minAreaHelp')} value={minAreaPx} min={0} max={1_000_000} unit="px²" width="100%" onChange={moves.setArea} />
      <TextField size="small" label={t('threshold.reason')} helperText={t('threshold.reasonHelp')} value={reason} onChange={({ target }) => moves.setReason(target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} />
    </>
  )
})

const Nudged = memo(function Nudged({ kind, value, range, max, onMove }: { kind: 'fail' | 'unsure'; value: number; range: ScoreRange; max?: number; onMove: (value: number) => void }) {
  const { t } = useTranslation('wizard')
  const name = t(`threshold.${kind}Line`)
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
})

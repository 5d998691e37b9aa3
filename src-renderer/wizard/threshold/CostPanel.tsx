import { Box, Button, Paper, Typography } from '@mui/material'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ascending, figuresAt, proposeByCost, splitHalves, type KnownScores } from '../../../src-preload/contract/threshold.ts'
import { NumberField } from '../fields/NumberField.tsx'
import { useFigures } from '../useFigures.ts'
import type { LimitMoves } from './limits.ts'
import { setLineRates, type LineRates } from './lineRates.ts'

interface Cost {
  /** In the order in which the parts were taken: halves of them tune and confirm. */
  good: readonly number[]
  bad: readonly number[]
  rates: LineRates
  moves: LimitMoves
}

/** What the technician knows of the line, the cheapest line by it, and how that line does on parts it was not tuned on. */
export const CostPanel = memo(function CostPanel({ good, bad, rates, moves }: Cost) {
  const { t } = useTranslation('wizard')
  const { score } = useFigures()
  const { costRatio, defectPercent, partsPerHour } = rates
  const proposal = useMemo(() => proposeOnHalf(good, bad, costRatio, defectPercent / 100), [good, bad, costRatio, defectPercent])
  return (
    <Paper variant="outlined" sx={{ p: 1.25, display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        <NumberField label={t('threshold.partsPerHour')} value={partsPerHour} min={1} max={1_000_000} isInteger width="100%" onChange={(value) => setLineRates({ partsPerHour: value })} />
        <NumberField label={t('threshold.defectPercent')} value={defectPercent} min={0.001} max={99} step={0.1} decimals={3} unit="%" width="100%" onChange={(value) => setLineRates({ defectPercent: value })} />
        <NumberField label={t('threshold.costRatio')} helperText={t('threshold.costRatioHelp')} value={costRatio} min={0.01} max={1_000_000} decimals={2} width="100%" onChange={(value) => setLineRates({ costRatio: value })} />
        {proposal && (
          <Button variant="outlined" color="inherit" sx={{ alignSelf: 'start', px: 0.5, minHeight: '2.5rem' }} onClick={() => moves.takeProposal(proposal.line, costRatio)}>
            {t('threshold.toCheapest', { line: score(proposal.line) })}
          </Button>
        )}
      </Box>
      <Typography variant="body2" color="textSecondary">
        {proposal ? <Confirmed {...proposal} /> : t('threshold.noProposal')}
      </Typography>
    </Paper>
  )
})

type Proposal = NonNullable<ReturnType<typeof proposeOnHalf>>

function Confirmed({ tuned, confirmed }: Proposal) {
  const { t } = useTranslation('wizard')
  const { percent } = useFigures()
  const say = (figures: Proposal['tuned']) => ({
    missed: Math.round(figures.misses!.value * figures.misses!.n), bad: figures.misses!.n,
    rejected: Math.round(figures.falseRejects.value * figures.falseRejects.n), good: figures.falseRejects.n,
    most: percent(figures.misses!.high),
  })
  return (
    <>
      {t('threshold.tunedOn', say(tuned))} {confirmed.misses ? t('threshold.confirmedOn', say(confirmed)) : t('threshold.notConfirmed')}
    </>
  )
}

function proposeOnHalf(good: readonly number[], bad: readonly number[], costRatio: number, defectShare: number) {
  const halves = { good: splitHalves(good), bad: splitHalves(bad) }
  const scoresOf = (half: 'tuned' | 'confirmed'): KnownScores => ({ good: ascending(halves.good[half]), bad: ascending(halves.bad[half]) })
  const found = proposeByCost(scoresOf('tuned'), { costRatio, defectShare })
  return found && { line: found.line, tuned: figuresAt(found.line, scoresOf('tuned'), defectShare), confirmed: figuresAt(found.line, scoresOf('confirmed'), defectShare) }
}

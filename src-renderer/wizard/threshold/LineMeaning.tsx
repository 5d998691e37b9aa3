import { Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { clopperPearson, countAbove, type KnownScores } from '../../../src-preload/contract/threshold.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { useFigures } from '../useFigures.ts'
import type { Limits } from './limits.ts'
import type { LineRates } from './lineRates.ts'
import { LineTable, type NamedLine } from './LineTable.tsx'
import { useReplay } from './useReplay.ts'

interface Meaning {
  regionId: string
  limits: Limits
  scores: KnownScores
  rates: LineRates
  /** Lines to compare with, which stand still. */
  fixed: readonly NamedLine[]
}

/** What the chosen line does and what can be said about it: a table, and the sentences that belong below it. */
export function LineMeaning({ regionId, limits, scores, rates, fixed }: Meaning) {
  const { t } = useTranslation('wizard')
  const { percent } = useFigures()
  const { count } = useFormats()
  const replay = useReplay(regionId, limits)
  const hasBand = limits.unsureAbove < limits.failAbove
  const chosen = hasBand
    ? [{ name: t('threshold.notAccepted'), at: limits.unsureAbove }, { name: t('threshold.failed'), at: limits.failAbove }]
    : [{ name: t('threshold.thisLine'), at: limits.failAbove }]
  const bad = scores.bad.length
  const missed = bad - countAbove(scores.bad, limits.unsureAbove)
  // One-sided at 95 %, as "at least" is meant.
  const caughtAtLeast = clopperPearson(bad - missed, bad, 0.9).low
  return (
    <Paper variant="outlined" sx={{ p: 1.25, overflowY: 'auto', minHeight: 0 }}>
      <LineTable lines={[...chosen, ...fixed]} scores={scores} rates={rates} />
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.75 }}>
        {bad === 0 ? t('threshold.unknown') : t('threshold.shows', { missed, count: bad, share: percent(caughtAtLeast) })}
      </Typography>
      {replay && replay.parts > 0 && (
        <Typography variant="body2" sx={{ mt: 0.5, fontWeight: 600 }}>
          {t('threshold.replayed', { changed: count(replay.changed), parts: count(replay.parts), before: count(replay.passBefore), after: count(replay.passAfter) })}
          {replay.undecided > 0 && ` ${t('threshold.replayUndecided', { undecided: count(replay.undecided) })}`}
        </Typography>
      )}
    </Paper>
  )
}

import { Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Proportion } from '../../src-preload/contract/threshold.ts'
import type { ModelView } from '../../src-preload/contract/models.ts'
import { useFigures } from '../wizard/useFigures.ts'

/** A region's line, where it comes from, and what is expected of it with 95 % intervals. */
export function ThresholdLine({ limits: { failAbove, unsureAbove, basis } }: Pick<ModelView, 'limits'>) {
  const { t } = useTranslation('models')
  const { percent, score } = useFigures()
  const share = ({ value, low, high, n }: Proportion) => ({ value: percent(value), low: percent(low), high: percent(high), n })
  const { rule, expectedFalseRejects, expectedMisses, reason } = basis
  return (
    <Typography variant="body2" component="div">
      <strong>{t('threshold.fail', { limit: score(failAbove) })}</strong> {unsureAbove < failAbove && t('threshold.unsure', { limit: score(unsureAbove) })} {t(`threshold.rule.${rule}`)} {t('threshold.falseRejects', share(expectedFalseRejects))}{' '}
      {expectedMisses ? t('threshold.misses', share(expectedMisses)) : t('threshold.missesUnknown')}
      {reason && <div>{t('threshold.reason', { reason })}</div>}
    </Typography>
  )
}

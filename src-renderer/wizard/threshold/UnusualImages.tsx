import { Box, Button, Paper, Typography } from '@mui/material'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import { StoredPicture } from '../../parts/StoredPicture.tsx'
import { DeleteIcon } from '../icons.tsx'
import { useFigures } from '../useFigures.ts'
import type { LearntRegion } from './RegionThreshold.tsx'

const shownImages = 6

/** The good images the model finds strangest: either they are good, and it should learn that, or one slipped in that is not. */
export function UnusualImages({ learnt, failAbove }: { learnt: LearntRegion; failAbove: number }) {
  const { t } = useTranslation('wizard')
  const { score } = useFigures()
  const client = useClient()
  const unusual = useMemo(() => strangest(learnt.frameIds, learnt.holdOutScores), [learnt.frameIds, learnt.holdOutScores])
  return (
    <Paper variant="outlined" sx={{ p: 1.25 }}>
      <Typography sx={{ fontWeight: 600 }}>{t('threshold.unusual')}</Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {t('threshold.unusualHelp')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        {unusual.map(({ id, value }) => (
          <Box key={id} sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
            <Box sx={{ height: '6rem', bgcolor: 'background.stage' }}>
              <StoredPicture of={{ baselineId: id }} maxWidthPx={320} label={t('threshold.unusualPicture', { score: score(value) })} />
            </Box>
            <Box sx={{ display: 'flex', alignItems: 'center', pl: 1 }}>
              <Typography variant="body2" sx={{ flex: 1, fontWeight: value > failAbove ? 700 : 400 }}>
                {score(value)}
                {value > failAbove && ` · ${t('threshold.failShort')}`}
              </Typography>
              <Button color="inherit" aria-label={t('threshold.notGood', { score: score(value) })} sx={{ minWidth: 0, px: 1 }} onClick={() => void call(client.commissioning.removeBaseline({ ids: [id] }))}>
                <DeleteIcon fontSize="small" />
              </Button>
            </Box>
          </Box>
        ))}
      </Box>
    </Paper>
  )
}

const strangest = (ids: readonly string[], scores: readonly number[]): readonly { id: string; value: number }[] =>
  ids
    .map((id, i) => ({ id, value: scores[i]! }))
    .sort((a, b) => b.value - a.value)
    .slice(0, shownImages)

import { Box, Button, ButtonBase, Dialog, DialogActions, Paper, Typography } from '@mui/material'
import { memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import { StoredPicture } from '../../parts/StoredPicture.tsx'
import { DeleteIcon } from '../icons.tsx'
import { useFigures } from '../useFigures.ts'

interface Unusual {
  readonly id: string
  readonly value: number
}

export const shownImages = 6

/** The good images the model finds strangest, of which the first `failing` are over the line and `outliers` hardly belong to the rest: either they are good, and it should learn that, or one slipped in that is not. */
export const UnusualImages = memo(function UnusualImages({ frameIds, holdOutScores, failing, outliers }: { frameIds: readonly string[]; holdOutScores: readonly number[]; failing: number; outliers: readonly string[] }) {
  const { t } = useTranslation('wizard')
  const { score } = useFigures()
  const [open, setOpen] = useState<Unusual | null>(null)
  const unusual = useMemo(() => strangest(frameIds, holdOutScores), [frameIds, holdOutScores])
  return (
    <Paper variant="outlined" sx={{ p: 1.25 }}>
      <Typography sx={{ fontWeight: 600 }}>{t('threshold.unusual')}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
        {t('threshold.unusualHelp')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1 }}>
        {unusual.map((image, i) => (
          <ButtonBase key={image.id} onClick={() => setOpen(image)} sx={{ display: 'block', border: 1, borderColor: i < failing ? 'text.primary' : 'divider', borderRadius: 1, overflow: 'hidden' }}>
            <Box sx={{ height: '4rem', bgcolor: 'background.stage' }}>
              <StoredPicture of={{ baselineId: image.id }} maxWidthPx={200} label={t('threshold.unusualPicture', { score: score(image.value) })} />
            </Box>
            <Typography variant="caption" component="div" noWrap sx={{ px: 0.5, fontWeight: i < failing ? 700 : 400 }}>
              {i < failing && <span title={t('threshold.failShort')}>✕ </span>}
              {score(image.value)}
              {outliers.includes(image.id) && ` · ${t('models:coach.outlier')}`}
            </Typography>
          </ButtonBase>
        ))}
      </Box>
      {open && <LargeImage image={open} onClose={() => setOpen(null)} />}
    </Paper>
  )
})

function LargeImage({ image, onClose }: { image: Unusual; onClose: () => void }) {
  const { t } = useTranslation('wizard')
  const { score } = useFigures()
  const client = useClient()
  const name = t('threshold.unusualPicture', { score: score(image.value) })
  const remove = (): void => {
    onClose()
    void call(client.commissioning.removeBaseline({ ids: [image.id] }))
  }
  return (
    <Dialog open onClose={onClose} maxWidth={false} aria-label={name}>
      <Box sx={{ width: '56rem', maxWidth: '100%', height: '34rem', bgcolor: 'background.stage', '& canvas': { objectFit: 'contain !important' } }}>
        <StoredPicture of={{ baselineId: image.id }} maxWidthPx={1_600} label={name} />
      </Box>
      <DialogActions sx={{ p: 2, gap: 1 }}>
        <Typography sx={{ flex: 1, fontWeight: 650 }}>{name}</Typography>
        <Button variant="outlined" color="inherit" startIcon={<DeleteIcon />} onClick={remove}>
          {t('threshold.notGood')}
        </Button>
        <Button variant="contained" autoFocus onClick={onClose}>
          {t('threshold.isGood')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

const strangest = (ids: readonly string[], scores: readonly number[]): readonly Unusual[] =>
  ids
    .map((id, i) => ({ id, value: scores[i]! }))
    .sort((a, b) => b.value - a.value)
    .slice(0, shownImages)

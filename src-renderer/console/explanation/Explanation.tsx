import { Box, ButtonBase, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { ExplanationView } from '../../../src-preload/contract/explanation.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { PatchFigure } from './PatchFigure.tsx'

/** The hottest place of a region beside the good parts most like it, and how large what is over the limit is. */
export function Explanation({ explanation, onOpen }: { explanation: ExplanationView; onOpen: (id: string) => void }) {
  const { t } = useTranslation('models')
  const { figure, count, tenths } = useFormats()
  const { score, failAbove, areaPx, areaMm2, part, nearest, whyNone } = explanation
  const area = areaPx === 0 ? t('why.noArea') : areaMm2 === null ? t('why.areaPx', { areaPx: count(areaPx) }) : t('why.areaMm', { areaMm2: figure(areaMm2), areaPx: count(areaPx) })
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Typography>
        {t(score > failAbove ? 'why.over' : 'why.within', { score: figure(score), limit: figure(failAbove) })} {area}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(4, minmax(0, 1fr))', gap: 2, alignItems: 'start' }}>
        <Box>
          <PatchFigure picture={part} label={t('why.part')} />
          <Typography sx={{ mt: 0.75, fontWeight: 650 }}>{t('why.part')}</Typography>
          <Typography variant="body2" color="textSecondary">
            {t('why.hottest')}
          </Typography>
        </Box>
        {nearest.map((normal) => (
          <ButtonBase key={normal.id} onClick={() => onOpen(normal.id)} sx={{ display: 'block', textAlign: 'left', font: 'inherit', borderRadius: 1 }}>
            <PatchFigure picture={normal} label={t('why.good', { number: normal.number })} />
            <Typography sx={{ mt: 0.75, fontWeight: 650 }}>{t('why.good', { number: normal.number })}</Typography>
            <Typography variant="body2" color="textSecondary">
              {t('why.distance', { distance: tenths(normal.distance) })}
            </Typography>
          </ButtonBase>
        ))}
        {whyNone && (
          <Typography color="textSecondary" sx={{ gridColumn: 'span 3', alignSelf: 'center' }}>
            {t(`why.none.${whyNone}`)}
          </Typography>
        )}
      </Box>
      {nearest.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('why.help')}
        </Typography>
      )}
    </Box>
  )
}

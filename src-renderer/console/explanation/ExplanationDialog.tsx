import { Box, Button, Dialog, DialogContent, DialogTitle, LinearProgress, ToggleButton, ToggleButtonGroup } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectionView } from '../../client/stationClient.ts'
import { FaultNotice } from '../../parts/FaultNotice.tsx'
import { mm } from '../../parts/mm.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { Explanation } from './Explanation.tsx'
import { SourcePicture } from './SourcePicture.tsx'
import { useExplanation } from './useExplanation.ts'

/** Why a part scored as it did, region by region; it begins with the one that came closest to its limit, or went furthest over it. */
export function ExplanationDialog({ inspection: { summary, readings }, onClose }: { inspection: InspectionView; onClose: () => void }) {
  const { t } = useTranslation('models')
  const { count } = useFormats()
  const worst = readings.reduce((most, reading) => (reading.score / reading.failAbove > most.score / most.failAbove ? reading : most))
  const [regionId, setRegionId] = useState(worst.regionId)
  const [opened, setOpened] = useState<string | null>(null)
  const explained = useExplanation(summary.resultId, regionId)
  const normal = explained.kind === 'explained' ? explained.explanation.nearest.find(({ id }) => id === opened) : undefined
  return (
    <Dialog open onClose={onClose} maxWidth={false} aria-labelledby="why-title">
      <DialogTitle id="why-title">{t('why.title', { number: count(summary.sequence) })}</DialogTitle>
      <DialogContent sx={{ width: '60rem', maxWidth: '100%', minHeight: '27rem', display: 'flex', flexDirection: 'column', gap: 2 }}>
        {readings.length > 1 && !normal && (
          <ToggleButtonGroup exclusive value={regionId} aria-label={t('why.region')} onChange={(_event, id: typeof regionId | null) => id && setRegionId(id)}>
            {readings.map((reading) => (
              <ToggleButton key={reading.regionId} value={reading.regionId} sx={{ minHeight: mm(15), px: 2 }}>
                {reading.regionName}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        )}
        <Box sx={{ flex: 1 }}>
          {explained.kind === 'asking' && <LinearProgress aria-label={t('why.asking')} />}
          {explained.kind === 'refused' && <FaultNotice fault={explained.fault} />}
          {explained.kind === 'explained' &&
            (normal ? <SourcePicture model={explained.explanation.model} normal={normal} onBack={() => setOpened(null)} /> : <Explanation explanation={explained.explanation} onOpen={setOpened} />)}
        </Box>
        <Button variant="outlined" color="inherit" onClick={onClose} sx={{ alignSelf: 'end', minHeight: mm(15), minWidth: mm(30) }}>
          {t('why.close')}
        </Button>
      </DialogContent>
    </Dialog>
  )
}

import { Box, MenuItem, Paper, TextField, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useSession } from '../../store/mirror.ts'
import { NumberField } from '../fields/NumberField.tsx'
import { useSaved } from '../useSaved.ts'

type Held = CommissioningView['detectors'][number]
type DefectClass = Held['detector']['classes'][number]

const severities = ['critical', 'major', 'minor'] as const

/** From when on each class of a region's detector counts, and what follows from it. For engineers; others read. */
export function DetectorPanel({ held: { regionId, file, detector } }: { held: Held }) {
  const { t } = useTranslation('models')
  const client = useClient()
  const isEngineer = useSession()?.role === 'engineer'
  const saved = useSaved<DefectClass[]>(detector.classes, (classes) => client.commissioning.setDetectorClasses({ regionId, classes }))
  const change = (index: number, by: Partial<DefectClass>): void => saved.change(saved.value.with(index, { ...saved.value[index]!, ...by }))
  return (
    <Paper variant="outlined" data-testid="detector" sx={{ p: 1.25, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{t('detector.of', { file })}</Typography>
      <Typography variant="body2" color="textSecondary">
        {t(isEngineer ? 'detector.help' : 'detector.engineers')}
      </Typography>
      {saved.value.map((one, i) => (
        <ClassFields key={one.labels.join()} one={one} disabled={!isEngineer} onChange={(by) => change(i, by)} />
      ))}
    </Paper>
  )
}

function ClassFields({ one, disabled, onChange }: { one: DefectClass; disabled: boolean; onChange: (by: Partial<DefectClass>) => void }) {
  const { t } = useTranslation('models')
  const { name, aliases = [], severity, minConfidence, minAreaPx } = one
  return (
    <Box role="group" aria-label={name} sx={{ borderTop: 1, borderColor: 'divider', pt: 1, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        <strong>{name}</strong> {aliases.length > 0 && t('detector.aliases', { names: aliases.join(', ') })}
      </Typography>
      <TextField select size="small" label={t('detector.severity')} disabled={disabled} value={severity} onChange={({ target }) => onChange({ severity: target.value as DefectClass['severity'] })}>
        {severities.map((level) => (
          <MenuItem key={level} value={level}>
            {t(`severity.${level}`)} – {t(`detector.follows.${level}`)}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        <NumberField label={t('detector.confidence')} value={minConfidence * 100} min={0} max={100} unit="%" decimals={1} width="100%" disabled={disabled} onChange={(percent) => onChange({ minConfidence: percent / 100 })} />
        <NumberField label={t('detector.area')} value={minAreaPx} min={0} max={1_000_000} unit="px²" width="100%" disabled={disabled} onChange={(area) => onChange({ minAreaPx: area })} />
      </Box>
    </Box>
  )
}

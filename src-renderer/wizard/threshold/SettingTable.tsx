import { Box, ButtonBase, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { useFigures } from '../useFigures.ts'

type Modelling = CommissioningView['modelling']
type Setting = Modelling['choice']['setting']

const settings: readonly Setting[] = ['fast', 'standard', 'detailed']
const columns = '1.5rem minmax(0, 1fr) 6rem 7rem'

/** The settings with what each takes here, the one in force, and the one that fits best. */
export function SettingTable({ modelling, disabled, onChoose }: { modelling: Modelling; disabled: boolean; onChoose: (setting: Setting) => void }) {
  const { t } = useTranslation('models')
  const { proposal, timings } = modelling
  return (
    <Box>
      <Box sx={{ display: 'grid', gridTemplateColumns: columns, gap: 1, px: 1, color: 'text.secondary', fontSize: '0.8125rem' }}>
        <span />
        <span>{t('choice.setting')}</span>
        <Box component="span" sx={{ textAlign: 'right' }}>{t('choice.latency')}</Box>
        <Box component="span" sx={{ textAlign: 'right' }}>{t('choice.share')}</Box>
      </Box>
      <Box role="radiogroup" aria-label={t('choice.setting')} sx={{ display: 'flex', flexDirection: 'column', gap: 0.5 }}>
        {settings.map((setting) => (
          <SettingRow key={setting} setting={setting} modelling={modelling} disabled={disabled} onChoose={onChoose} />
        ))}
      </Box>
      <Typography role="status" variant="body2" color="textSecondary" sx={{ mt: 0.75, minHeight: '2.6em' }}>
        {proposal ? t(proposal.fits ? 'choice.because' : 'choice.noneFits', { setting: t(`setting.${proposal.setting}`) }) : t(timings ? 'choice.cycleUnknown' : 'choice.unmeasured')}
      </Typography>
    </Box>
  )
}

function SettingRow({ setting, modelling: { choice, cycleTimeMs, proposal, timings }, disabled, onChoose }: { setting: Setting; modelling: Modelling; disabled: boolean; onChoose: (setting: Setting) => void }) {
  const { t } = useTranslation('models')
  const { figure } = useFormats()
  const { wholePercent } = useFigures()
  const isChosen = choice.setting === setting
  const latencyMs = timings?.find((timing) => timing.setting === setting)?.latencyMs
  return (
    <ButtonBase
      role="radio"
      aria-checked={isChosen}
      disabled={disabled}
      data-setting={setting}
      onClick={() => onChoose(setting)}
      sx={{ font: 'inherit', display: 'grid', gridTemplateColumns: columns, gap: 1, alignItems: 'center', textAlign: 'left', px: 1, py: 0.5, minHeight: '2.75rem', border: 1, borderColor: isChosen ? 'primary.main' : 'divider', borderRadius: 1, bgcolor: isChosen ? 'action.selected' : 'transparent' }}
    >
      <Box aria-hidden sx={{ width: '1rem', height: '1rem', borderRadius: '50%', border: isChosen ? 5 : 2, borderColor: isChosen ? 'primary.main' : 'text.secondary' }} />
      <Box sx={{ minWidth: 0 }}>
        <Box component="span" sx={{ fontWeight: 600 }}>{t(`setting.${setting}`)}</Box>
        {proposal?.setting === setting && (
          <Box component="span" sx={{ ml: 1, px: 0.75, borderRadius: 0.5, border: 1, borderColor: 'primary.main', color: 'primary.main', fontSize: '0.8125rem', fontWeight: 600 }}>
            {t('choice.proposed')}
          </Box>
        )}
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', lineHeight: 1.25 }}>{t(`choice.about.${setting}`)}</Box>
      </Box>
      <Box sx={{ textAlign: 'right' }}>{latencyMs === undefined ? '–' : `${figure(latencyMs)} ms`}</Box>
      <Box sx={{ textAlign: 'right' }}>{latencyMs === undefined || cycleTimeMs === null ? '–' : wholePercent(latencyMs / cycleTimeMs)}</Box>
    </ButtonBase>
  )
}

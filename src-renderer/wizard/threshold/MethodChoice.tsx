import { Box, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'

type Method = CommissioningView['modelling']['choice']['method']

const methods: readonly Method[] = ['padim', 'patchcore']

/** How the parts lie decides the method: places that are known, or one memory for the whole part. */
export function MethodChoice({ method, disabled, onChoose }: { method: Method; disabled: boolean; onChoose: (method: Method) => void }) {
  const { t } = useTranslation('models')
  return (
    <Box>
      <Typography id="model-method" variant="body2" sx={{ fontWeight: 600, mb: 0.5 }}>
        {t('choice.parts')}
      </Typography>
      <ToggleButtonGroup exclusive fullWidth disabled={disabled} value={method} aria-labelledby="model-method" onChange={(_event, chosen: Method | null) => chosen && onChoose(chosen)}>
        {methods.map((one) => (
          <ToggleButton key={one} value={one} sx={{ flexDirection: 'column', lineHeight: 1.25, py: 0.5 }}>
            <span>{t(`choice.lie.${one}`)}</span>
            <Typography component="span" variant="caption" color="textSecondary">
              {t(`method.${one}`)}
            </Typography>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Box>
  )
}

import { FormControlLabel, Paper, Switch, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Armed } from './useArmed.ts'

/** The switch before the fire buttons, with what it means and how long it holds. */
export function ArmBar({ armed }: { armed: Armed }) {
  const { t } = useTranslation('wizard')
  return (
    <Paper variant="outlined" sx={{ px: 1.5, py: 0.75, display: 'flex', alignItems: 'center', gap: 2, borderColor: armed.isArmed ? 'warning.main' : 'divider', borderLeftWidth: armed.isArmed ? 6 : 1 }}>
      <FormControlLabel control={<Switch color="warning" checked={armed.isArmed} onChange={(_event, on) => (on ? armed.arm() : armed.disarm())} />} label={t('outputs.arm')} sx={{ flex: 'none', '& .MuiFormControlLabel-label': { fontWeight: 600 } }} />
      <Typography color="textSecondary" role="status">
        {armed.isArmed ? t('outputs.armedFor', { seconds: armed.secondsLeft }) : t('outputs.armHelp')}
      </Typography>
    </Paper>
  )
}

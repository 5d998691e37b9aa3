import { Alert, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../client/stationClient.ts'
import { HealthShape } from '../parts/HealthShape.tsx'

/** Those that an import meets; any other says what its own sentence says elsewhere: nothing was taken in. */
const refusals: Readonly<Partial<Record<Fault['code'], string>>> = { 'model/invalid': 'invalid', 'model/missing': 'missing', 'request/wrongMode': 'nothingToTry', 'request/invalid': 'unnamed', 'model/unavailable': 'unavailable' }

/** Why a file was not taken in: problem, cause, next action, and below them the engineer's line that names what is wrong in it. */
export function Refusal({ fault: { code, detail }, onClose }: { fault: Fault; onClose: () => void }) {
  const { t } = useTranslation('models')
  const refusal = refusals[code] ?? 'other'
  return (
    <Alert severity="error" variant="outlined" icon={<HealthShape status="failure" size="1.5rem" />} onClose={onClose} sx={{ bgcolor: 'background.paper', color: 'text.primary' }}>
      <Typography sx={{ fontWeight: 650 }}>{t('refusal.problem')}</Typography>
      <Typography variant="body2">{t(`refusal.${refusal}.cause`)}</Typography>
      <Typography variant="body2" sx={{ fontWeight: 550 }}>
        {t(`refusal.${refusal}.action`)}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
        {detail}
      </Typography>
    </Alert>
  )
}

import { Box, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IoView } from '../../client/stationClient.ts'
import { BudgetPanel } from './BudgetPanel.tsx'
import { proposedBelt, type Belt } from './useBudget.ts'

/** A commissioned line's time budget, with the times measured now; other numbers can be tried out, and change nothing. */
export function BudgetTab({ io }: { io: IoView }) {
  const { t } = useTranslation('io')
  const [tried, setTried] = useState<Belt | null>(null)
  const belt = tried ?? io.belt ?? proposedBelt
  return (
    <Box sx={{ height: '100%', overflowY: 'auto', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Typography color="textSecondary">{t('budget.help')}</Typography>
      <Typography>{io.belt ? t('budget.whatIf') : `${t('budget.notDescribed')} ${t('budget.describeWhere')}`}</Typography>
      {io.reject && <BudgetPanel belt={belt} reject={io.reject} encoder={io.encoder} timing={io.timing} onBelt={setTried} />}
    </Box>
  )
}

import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { IoView } from '../../client/stationClient.ts'
import { BudgetPanel } from '../../io/budget/BudgetPanel.tsx'
import { proposedBelt, type Reject } from '../../io/budget/useBudget.ts'
import { plainLine, type Line } from './line/lineDefaults.ts'

interface Budget {
  line: Line | null
  reject: Reject
  timing: IoView['timing']
  onLine: (line: Line) => void
  onReject: (reject: Reject) => void
}

/** The draft's time budget: saved with the line, and without a margin nobody goes on. */
export function DraftBudget({ line, reject, timing, onLine, onReject }: Budget) {
  const { t } = useTranslation('io')
  const shown = line ?? plainLine
  const describe = (belt: Line['belt']): void => onLine({ ...shown, belt })
  return (
    <Box sx={{ height: '100%', overflowY: 'auto', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t(shown.belt ? 'budget.help' : 'budget.notDescribed')}
        </Typography>
        <Button variant={shown.belt ? 'text' : 'contained'} color={shown.belt ? 'inherit' : 'primary'} onClick={() => describe(shown.belt ? undefined : proposedBelt)}>
          {t(shown.belt ? 'budget.forget' : 'budget.describe')}
        </Button>
      </Box>
      {shown.belt && <BudgetPanel belt={shown.belt} reject={reject} encoder={shown.encoder ?? null} timing={timing} onBelt={describe} onUse={(proposal) => onReject({ ...reject, ...proposal })} />}
    </Box>
  )
}

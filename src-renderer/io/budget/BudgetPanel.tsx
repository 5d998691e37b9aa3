import { Box } from '@mui/material'
import type { IoView } from '../../client/stationClient.ts'
import { BeltFields } from './BeltFields.tsx'
import { BudgetDiagram } from './BudgetDiagram.tsx'
import { BudgetFigures } from './BudgetFigures.tsx'
import { useBudget, type Belt, type Reject } from './useBudget.ts'

interface Panel {
  belt: Belt
  reject: Reject
  encoder: IoView['encoder']
  timing: IoView['timing']
  onBelt: (belt: Belt) => void
  onUse?: (proposal: { delayMs: number; pulseMs: number }) => void
}

/** The belt's numbers, drawn and reckoned while they are typed. */
export function BudgetPanel({ belt, reject, encoder, timing, onBelt, onUse }: Panel) {
  const budget = useBudget(belt, reject, encoder, timing)
  const wrong = new Set(budget?.changes.map(({ fact }) => fact))
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <BeltFields belt={belt} wrong={wrong} onChange={onBelt} />
      {budget && (
        <>
          <BudgetDiagram budget={budget} />
          <BudgetFigures budget={budget} timing={timing} onUse={onUse} />
        </>
      )}
    </Box>
  )
}

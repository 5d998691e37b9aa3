import { Box, Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { mm } from '../parts/mm.ts'
import { ArrowLeftIcon, ArrowRightIcon } from './icons.tsx'
import { WaiveButton } from './WaiveButton.tsx'
import { stillMissing, type StepId, type StepView } from './stepPhase.ts'
import { useMissingText } from './useMissingText.ts'

/** Back and Next, and beside them what is still missing: where Next is not possible yet, that is the reason. */
export function StepFooter({ steps, current, onOpen }: { steps: readonly StepView[]; current: StepId; onOpen: (id: StepId) => void }) {
  const { t } = useTranslation('wizard')
  const sayMissing = useMissingText()
  const index = steps.findIndex((step) => step.id === current)
  const [before, next] = [steps[index - 1], steps[index + 1]]
  const [reason] = stillMissing(steps, current)
  return (
    <Box component="footer" sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 1.25, borderTop: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
      <Button variant="outlined" color="inherit" disabled={!before} startIcon={<ArrowLeftIcon />} sx={{ minHeight: mm(12), flex: 'none' }} onClick={() => before && onOpen(before.id)}>
        {t('back')}
      </Button>
      <Typography id="next-reason" role="status" color="textSecondary" sx={{ flex: 1, textAlign: 'right', lineHeight: 1.25 }}>
        {reason && sayMissing(reason)}
      </Typography>
      <WaiveButton key={current} step={steps[index]!} />
      {next && (
        <Button variant="contained" disabled={!next.isOpen} aria-describedby="next-reason" endIcon={<ArrowRightIcon />} sx={{ minHeight: mm(12), minWidth: mm(40), flex: 'none' }} onClick={() => onOpen(next.id)}>
          {t('next', { step: t(`step.${next.id}.title`) })}
        </Button>
      )}
    </Box>
  )
}

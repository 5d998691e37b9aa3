import { Box, ButtonBase, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { mm } from '../../parts/mm.ts'
import { phaseOf, type StepId, type StepView } from '../stepPhase.ts'
import { wizardSteps } from '../steps.tsx'
import { PhaseShape } from './PhaseShape.tsx'

/** Where one is and what is left; each step that may be opened is one press away. */
export function StepRail({ steps, current, onOpen }: { steps: readonly StepView[]; current: StepId; onOpen: (id: StepId) => void }) {
  const { t } = useTranslation('wizard')
  return (
    <Box component="nav" aria-label={t('rail')} sx={{ bgcolor: 'background.paper', borderRight: 1, borderColor: 'divider', p: 1, display: 'flex', flexDirection: 'column', gap: 0.5, minHeight: 0, overflow: 'auto' }}>
      {steps.map((step, index) => (
        <RailStep key={step.id} step={step} number={index + 1} isCurrent={step.id === current} onOpen={() => onOpen(step.id)} />
      ))}
    </Box>
  )
}

function RailStep({ step, number, isCurrent, onOpen }: { step: StepView; number: number; isCurrent: boolean; onOpen: () => void }) {
  const { t } = useTranslation('wizard')
  const phase = phaseOf(step, isCurrent)
  const { Icon } = wizardSteps[step.id]
  return (
    <ButtonBase
      disabled={!step.isOpen}
      onClick={onOpen}
      aria-current={isCurrent ? 'step' : undefined}
      data-step={step.id}
      data-phase={phase}
      sx={{
        minHeight: mm(14), px: 1, gap: 1.25, justifyContent: 'flex-start', textAlign: 'left', borderRadius: 1, border: 2, borderColor: isCurrent ? 'primary.main' : 'transparent',
        bgcolor: isCurrent ? 'background.default' : undefined, '&:hover': { bgcolor: 'action.hover' }, '&.Mui-disabled': { opacity: 0.55 },
      }}
    >
      <PhaseShape phase={phase} number={number} />
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Typography sx={{ fontWeight: isCurrent ? 700 : 550, lineHeight: 1.2 }}>{t(`step.${step.id}.title`)}</Typography>
        <Typography variant="caption" component="div" sx={{ color: phase === 'inProgress' ? 'primary.main' : 'text.secondary', lineHeight: 1.25 }}>
          {t(`phase.${phase}`)} · {t('time.spent', { spent: Math.round(step.spentSeconds / 60), target: step.minutes })}
        </Typography>
      </Box>
      <Icon sx={{ color: 'text.secondary', fontSize: '1.4rem' }} />
    </ButtonBase>
  )
}

import { Box, Typography } from '@mui/material'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../client/ClientContext.ts'
import type { CommissioningView } from '../client/stationClient.ts'
import { ConnectingScreen } from '../parts/ConnectingScreen.tsx'
import { useCommissioning } from '../store/mirror.ts'
import { StepRail } from './rail/StepRail.tsx'
import { StepFooter } from './StepFooter.tsx'
import { wizardSteps } from './steps.tsx'
import { useOpenStep } from './useOpenStep.ts'
import { WizardHeader } from './WizardHeader.tsx'

/**
 * Commissions the station. The main process owns what has been done and what each step still needs; this is its mirror, and only the
 * step that is open belongs to the screen. Nothing here is ever unsaved: each action is a command.
 */
export function Wizard() {
  const view = useCommissioning()
  return view ? <WizardScreen view={view} /> : <ConnectingScreen />
}

function WizardScreen({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const [id, open] = useOpenStep(view.steps)
  const { Body } = wizardSteps[id]
  const client = useClient()
  useEffect(() => void client.commissioning.openStep({ step: id }).catch(() => undefined), [client, id])
  return (
    <Box sx={{ height: '100dvh', display: 'grid', gridTemplate: `'header header' auto 'rail main' minmax(0, 1fr) / minmax(13rem, 15rem) minmax(0, 1fr)`, overflow: 'hidden' }}>
      <Box sx={{ gridArea: 'header', minWidth: 0 }}>
        <WizardHeader view={view} />
      </Box>
      <StepRail steps={view.steps} current={id} onOpen={open} />
      <Box component="main" sx={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr) auto', minWidth: 0, minHeight: 0 }}>
        <Box sx={{ px: 2, pt: 1.25, pb: 1 }}>
          <Typography component="h2" variant="h2">
            {t(`step.${id}.title`)}
          </Typography>
          <Typography color="textSecondary">{t(`step.${id}.lead`)}</Typography>
        </Box>
        <Box key={id} sx={{ px: 2, pb: 1.5, minHeight: 0, minWidth: 0 }}>
          <Body view={view} />
        </Box>
        <StepFooter steps={view.steps} current={id} onOpen={open} />
      </Box>
    </Box>
  )
}

import { Box, Button, Paper, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView, IoPorts } from '../../../client/stationClient.ts'
import type { Wiring } from '../OutputCard.tsx'
import { AnswerFields } from './AnswerFields.tsx'
import { LimitFields } from './LimitFields.tsx'
import { plainLine, type Line } from './lineDefaults.ts'
import { TriggerFields } from './TriggerFields.tsx'

interface Form {
  line: CommissioningView['line']
  wiring: Wiring
  isServer: boolean
  ports: IoPorts | null
  onChange: (line: Line | null) => void
}

/** How parts announce themselves, what they are called, and what the line says became of them. Untouched, nothing of it is in the recipe. */
export function LineForm({ line, wiring, isServer, ports, onChange }: Form) {
  const { t } = useTranslation('io')
  const shown = line ?? plainLine
  const coils = [wiring.accept, wiring.reject, wiring.hold].map((output) => output?.coil)
  const firstFreeCoil = [0, 1, 2, 3].find((coil) => !coils.includes(coil)) ?? 0
  const fields = { line: shown, isServer, onChange }
  return (
    <Box sx={{ height: '100%', overflowY: 'auto', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t(line ? 'line.lead' : 'line.plain')}
        </Typography>
        {line && !isServer && (
          <Button color="inherit" onClick={() => onChange(null)}>
            {t('line.reset')}
          </Button>
        )}
      </Box>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 1.5, alignItems: 'start' }}>
        <Section title={t('line.sections.trigger')}>
          <TriggerFields {...fields} ports={ports} />
        </Section>
        <Section title={t('line.sections.answers')}>
          <AnswerFields {...fields} />
        </Section>
        <Section title={t('line.sections.limits')}>
          <LimitFields {...fields} firstFreeCoil={firstFreeCoil} />
        </Section>
      </Box>
    </Box>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper variant="outlined" component="section" aria-label={title} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.75 }}>
    <Typography component="h3" variant="h3">
      {title}
    </Typography>
    {children}
  </Paper>
)

import { Box, Button, Paper, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../client/stationClient.ts'
import { mm } from '../../parts/mm.ts'
import { JobProgress } from '../../wizard/JobProgress.tsx'

interface Card {
  title: string
  help: string
  /** The test while it runs. */
  job: JobView | undefined
  canRun: boolean
  needsArm: boolean
  onRun: () => void
  children?: ReactNode
}

/** A test: what it does, its button or its progress, and below it what came of it. */
export function TestCard({ title, help, job, canRun, needsArm, onRun, children }: Card) {
  const { t } = useTranslation('io')
  return (
    <Paper variant="outlined" component="section" aria-label={title} sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <Typography component="h3" variant="h3">
        {title}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {help}
      </Typography>
      {job ? (
        <JobProgress job={job} />
      ) : (
        <Button variant="outlined" disabled={!canRun} onClick={onRun} sx={{ minHeight: mm(12) }}>
          {t('loops.run')}
        </Button>
      )}
      {needsArm && !job && (
        <Typography variant="body2" color="textSecondary">
          {t('loops.needsArm')}
        </Typography>
      )}
      <Box role="status" sx={{ display: 'flex', flexDirection: 'column', gap: 0.5 }}>
        {children}
      </Box>
    </Paper>
  )
}

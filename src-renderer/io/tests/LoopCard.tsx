import { Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/ClientContext.ts'
import type { IoView } from '../../client/stationClient.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { runJob } from '../../wizard/runJob.ts'
import { LatencyHistogram } from './LatencyHistogram.tsx'
import { TestCard } from './TestCard.tsx'
import { TestVerdict } from './TestVerdict.tsx'

/** Twenty handshakes in the server role; as a client twenty loops from trigger to pulse, or pulses where nothing triggers. */
export function LoopCard({ io: { plc, armed, jobs, loops } }: { io: IoView }) {
  const { t } = useTranslation('io')
  const client = useClient()
  const kind = plc?.loops ?? 'pulse'
  const isMine = armed?.byThisScreen === true
  const job = jobs.find((one) => one.kind === 'ioLoops')
  return (
    <TestCard title={t(`loops.title.${kind}`)} help={t(`loops.help.${kind}`)} job={job} canRun={isMine && jobs.length === 0} needsArm={!isMine} onRun={() => void runJob(client.io.runLoops())}>
      {loops && !job && <LoopResult loops={loops} />}
    </TestCard>
  )
}

function LoopResult({ loops }: { loops: NonNullable<IoView['loops']> }) {
  const { t } = useTranslation('io')
  const { tenths } = useFormats()
  const { wanted, done, latencyMs, decisionMs, allowedMs, timingErrorMs, trouble, fault, kind } = loops
  return (
    <>
      <TestVerdict group="loopTrouble" trouble={trouble} fault={fault} />
      <Typography>{t('loops.count', { done, wanted })}</Typography>
      {latencyMs && (
        <>
          <Typography variant="body2">{t('loops.latency', { p50: tenths(latencyMs.p50), p99: tenths(latencyMs.p99), max: tenths(latencyMs.max) })}</Typography>
          <Typography variant="body2">{allowedMs === null ? t('loops.noBudget') : t('loops.budget', { used: tenths(latencyMs.p99 + decisionMs), allowed: tenths(allowedMs) })}</Typography>
          {kind !== 'handshake' && <Typography variant="body2">{t('loops.timing', { error: tenths(timingErrorMs) })}</Typography>}
          <LatencyHistogram figures={latencyMs} />
        </>
      )}
    </>
  )
}

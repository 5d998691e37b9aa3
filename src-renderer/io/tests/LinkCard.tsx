import { Button, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { IoView } from '../../client/stationClient.ts'
import { mm } from '../../parts/mm.ts'
import { useFormats } from '../../parts/useFormats.ts'
import { runJob } from '../../wizard/runJob.ts'
import { TestCard } from './TestCard.tsx'
import { TestVerdict } from './TestVerdict.tsx'

/** The cable out and in again, by hand; a simulated one pulls itself. */
export function LinkCard({ io: { plc, armed, jobs, link, linkStep } }: { io: IoView }) {
  const { t } = useTranslation('io')
  const client = useClient()
  const isMine = armed?.byThisScreen === true
  const job = jobs.find((one) => one.kind === 'ioLink')
  return (
    <TestCard title={t('link.title')} help={t(plc?.isSimulated ? 'link.helpSimulated' : 'link.help')} job={job} canRun={isMine && jobs.length === 0} needsArm={!isMine} onRun={() => void runJob(client.io.testLink())}>
      {job && linkStep && (
        <>
          <Typography variant="h3" component="p">
            {t(`link.${linkStep}`)}
          </Typography>
          {linkStep === 'plug' && !plc?.isSimulated && (
            <Button variant="contained" onClick={() => void call(client.io.confirmPlugged())} sx={{ minHeight: mm(12) }}>
              {t('link.pluggedIn')}
            </Button>
          )}
        </>
      )}
      {link && !job && <LinkResult link={link} />}
    </TestCard>
  )
}

function LinkResult({ link }: { link: NonNullable<IoView['link']> }) {
  const { t } = useTranslation('io')
  const { count } = useFormats()
  return (
    <>
      <TestVerdict group="linkTrouble" trouble={link.trouble} fault={link.fault} />
      {link.noticedMs !== null && <Typography variant="body2">{t('link.noticed', { ms: count(link.noticedMs) })}</Typography>}
      {link.backMs !== null && <Typography variant="body2">{t('link.back', { ms: count(link.backMs) })}</Typography>}
      {link.outputsOff && <Typography variant="body2">{t('link.off')}</Typography>}
    </>
  )
}

import { Alert, Snackbar } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { dismissNotice, useNotice } from '../store/notices.ts'
import { FaultNotice } from './FaultNotice.tsx'

/** Says what became of the last action when it did not work. Faults stay until they are closed; hints go by themselves. */
export function NoticeBar() {
  const { t } = useTranslation()
  const notice = useNotice((state) => state.notice)
  if (!notice) return null
  return (
    <Snackbar open anchorOrigin={{ vertical: 'top', horizontal: 'center' }} autoHideDuration={notice.kind === 'fault' ? null : 6_000} onClose={(_event, why) => why !== 'clickaway' && dismissNotice()}>
      <div>
        {notice.kind === 'fault' ? (
          <FaultNotice fault={notice.fault} onClose={dismissNotice} />
        ) : (
          <Alert severity="info" variant="outlined" onClose={dismissNotice} sx={{ bgcolor: 'background.paper', color: 'text.primary' }}>
            {notice.kind === 'offline' ? t('offline.notSent') : t(notice.key)}
          </Alert>
        )}
      </div>
    </Snackbar>
  )
}

import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Paper, Typography } from '@mui/material'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { StationClient } from '../../client/stationClient.ts'
import { saveFile } from '../../parts/saveFile.ts'
import { useFormats } from '../../parts/useFormats.ts'

type Entry = Extract<Awaited<ReturnType<StationClient['reports']['list']>>, { ok: true }>['value'][number]

/** The report as it would be now, and those of earlier commissionings. */
export function ReportPanel() {
  const { t, i18n } = useTranslation('wizard')
  const client = useClient()
  const language = i18n.language === 'de' ? 'de' : 'en'
  const [earlier, setEarlier] = useState<readonly Entry[]>([])
  const [showsEarlier, setShowsEarlier] = useState(false)
  useEffect(() => {
    let isCurrent = true
    void call(client.reports.list()).then((listed) => { if (listed.ok && isCurrent) setEarlier(listed.value) })
    return () => { isCurrent = false }
  }, [client])
  const save = async (name: string, asked: ReturnType<StationClient['reports']['draft']>): Promise<void> => {
    const answer = await call(asked)
    if (answer.ok) saveFile(name, answer.value)
  }
  return (
    <Paper variant="outlined" sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography sx={{ fontWeight: 650 }}>{t('report.title')}</Typography>
      <Button variant="outlined" onClick={() => void save('commissioning-draft.pdf', client.reports.draft({ language }))}>
        {t('report.draft')}
      </Button>
      {earlier.length > 0 && (
        <Button color="inherit" onClick={() => setShowsEarlier(true)}>
          {t('report.earlier')}
        </Button>
      )}
      <Dialog open={showsEarlier} onClose={() => setShowsEarlier(false)} aria-labelledby="reports-title" fullWidth maxWidth="sm">
        <DialogTitle id="reports-title">{t('report.title')}</DialogTitle>
        <DialogContent>
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {earlier.map((entry) => (
              <Earlier key={entry.sha256} entry={entry} onSave={(format) => save(`commissioning-${entry.sha256.slice(0, 8)}.${format}`, client.reports.fetch({ sha256: entry.sha256, format, language }))} />
            ))}
          </Box>
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={() => setShowsEarlier(false)}>
            {t('common:close')}
          </Button>
        </DialogActions>
      </Dialog>
    </Paper>
  )
}

function Earlier({ entry, onSave }: { entry: Entry; onSave: (format: 'pdf' | 'json') => Promise<void> }) {
  const { t } = useTranslation('wizard')
  const { dateTime } = useFormats()
  const signed = entry.signedBy.length > 0 ? entry.signedBy.join(', ') : t('report.unsigned')
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }}>
        {entry.station}, {dateTime(entry.madeAt)}: {signed}
      </Typography>
      {(['pdf', 'json'] as const).map((format) => (
        <Button key={format} size="small" color="inherit" onClick={() => void onSave(format)}>
          {format.toUpperCase()}
        </Button>
      ))}
    </Box>
  )
}

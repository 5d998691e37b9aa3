import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { KeyHelp, type KeyRow } from '../parts/KeyHelp.tsx'
import { VerdictBadge } from '../parts/VerdictBadge.tsx'

const kinds = ['pass', 'fail', 'unsure', 'fault', 'hold', 'stopped'] as const

/** What the band's words mean and what the operator does then; below it the keys. */
export function ConsoleHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('console')
  const rows: KeyRow[] = [
    [['←', '→'], t('keys.parts')],
    [['Esc'], t('keys.live')],
    [['H'], t('keys.heat')],
    [['?', 'F1'], t('keys.help')],
  ]
  return (
    <KeyHelp title={t('help.title')} rows={rows} onClose={onClose}>
      <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'minmax(8.5rem, max-content) 1fr', gap: 1.25, columnGap: 3 }}>
        {kinds.map((kind) => (
          <Box key={kind} sx={{ display: 'contents' }}>
            <Box component="dt">
              <VerdictBadge kind={kind} />
            </Box>
            <Box component="dd" sx={{ m: 0 }}>
              {t(`help.${kind}`)}
            </Box>
          </Box>
        ))}
      </Box>
    </KeyHelp>
  )
}

import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mm } from './mm.ts'

/** Keys as they stand on the keyboard, and what they do. */
export type KeyRow = readonly [keys: readonly string[], does: string]

/** What `?` and F1 open: the screen's keys, and whatever else it has to explain. */
export function KeyHelp({ title, rows, onClose, children }: { title: string; rows: readonly KeyRow[]; onClose: () => void; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="help-title">
      <DialogTitle id="help-title">{title}</DialogTitle>
      <DialogContent>
        {children}
        <Box component="dl" sx={{ m: 0, mt: 2, display: 'grid', gridTemplateColumns: 'minmax(8.5rem, max-content) 1fr', gap: 1.25, columnGap: 3, alignItems: 'center' }}>
          {rows.map(([keys, does]) => (
            <Box key={does} sx={{ display: 'contents' }}>
              <Box component="dt" sx={{ display: 'flex', gap: 0.5 }}>
                {keys.map((key) => (
                  <Box key={key} component="kbd" sx={{ px: 1, py: 0.25, minWidth: '2rem', textAlign: 'center', border: 1, borderBottomWidth: 2, borderColor: 'divider', borderRadius: 0.5, fontFamily: 'inherit', fontSize: '0.875rem', fontWeight: 600 }}>
                    {key}
                  </Box>
                ))}
              </Box>
              <Box component="dd" sx={{ m: 0 }}>
                {does}
              </Box>
            </Box>
          ))}
        </Box>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button autoFocus variant="contained" onClick={onClose} sx={{ minHeight: mm(15), minWidth: mm(30) }}>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

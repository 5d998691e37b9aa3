import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { ModelChoicePanel } from './ModelChoicePanel.tsx'

/** What the models are to be, and the way to another choice once something has been learnt. */
export function ModelChoiceButton({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('models')
  const [isOpen, setIsOpen] = useState(false)
  const { choice, source } = view.modelling
  return (
    <>
      <Button variant="outlined" color="inherit" onClick={() => setIsOpen(true)} sx={{ flex: 'none' }}>
        {source ? t('method.imported') : t(`setting.${choice.setting}`)}
        {source?.kind !== 'anomalib' && ` · ${t(`method.${choice.method}`)}`}
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} maxWidth={false} aria-labelledby="model-choice-title">
        <DialogTitle id="model-choice-title">{t('choice.title')}</DialogTitle>
        <DialogContent sx={{ width: '40rem', maxWidth: '100%', '&&': { pt: 1 } }}>
          <ModelChoicePanel view={view} />
        </DialogContent>
        <DialogActions>
          <Button variant="contained" onClick={() => setIsOpen(false)}>
            {t('choice.close')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}

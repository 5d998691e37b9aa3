import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mm } from '../parts/mm.ts'
import { useSession } from '../store/mirror.ts'
import { PeoplePanel } from './PeoplePanel.tsx'

/** Who is named on this station, and the way to change that. */
export function PeopleButton() {
  const { t } = useTranslation()
  const people = useSession()?.people ?? []
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Typography variant="body2" color="textSecondary" role="status">
        {people.length > 0 ? t('people.named', { names: people.map(({ name }) => name).join(', ') }) : t('people.nobody')}
      </Typography>
      <Button variant="outlined" color="inherit" sx={{ minHeight: mm(12) }} onClick={() => setIsOpen(true)}>
        {t('people.change')}
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} aria-labelledby="people-title" fullWidth maxWidth="sm">
        <DialogTitle id="people-title">{t('people.title')}</DialogTitle>
        <DialogContent>
          <PeoplePanel />
        </DialogContent>
        <DialogActions>
          <Button color="inherit" sx={{ minHeight: mm(12) }} onClick={() => setIsOpen(false)}>
            {t('close')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}

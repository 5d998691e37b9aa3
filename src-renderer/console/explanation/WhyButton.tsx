import { Button } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectionView } from '../../client/stationClient.ts'
import { mm } from '../../parts/mm.ts'
import { ExplanationDialog } from './ExplanationDialog.tsx'

/** On the picture of a chosen part: the way to its explanation. */
export function WhyButton({ inspection }: { inspection: InspectionView }) {
  const { t } = useTranslation('models')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="contained" onClick={() => setIsOpen(true)} sx={{ position: 'absolute', left: 12, bottom: 12, minHeight: mm(15), minWidth: mm(25) }}>
        {t('why.button')}
      </Button>
      {isOpen && <ExplanationDialog inspection={inspection} onClose={() => setIsOpen(false)} />}
    </>
  )
}

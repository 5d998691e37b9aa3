import { Box, IconButton, Paper } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../../canvas/EditorContext.ts'
import { call } from '../../client/call.ts'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { CloseIcon } from '../../parts/icons.tsx'
import { NumberField } from '../fields/NumberField.tsx'

const decimals = 5
const most = { mmPerPx: 1_000, mm: 100_000 }

/** How large a pixel is on the part, as it is or by the width of the selected rectangle; without it areas are said in px². Saved when a field is left. */
export function CalibrationSection({ calibration }: Pick<CommissioningView, 'calibration'>) {
  const { t } = useTranslation('models')
  const client = useClient()
  const selected = useEditor(({ document, selection }) => document.regions.find(({ id }) => id === selection?.regionId)?.shape)
  const [typed, setTyped] = useState<number | null>(null)
  const mmPerPx = typed ?? calibration?.mmPerPx ?? null
  const widthPx = selected?.kind === 'rectangle' ? selected.width : null
  const save = async (): Promise<void> => {
    if (typed !== null) await call(client.commissioning.setCalibration({ calibration: { mmPerPx: typed } }))
    setTyped(null)
  }
  return (
    <Paper variant="outlined" data-testid="calibration" onBlur={() => void save()} sx={{ p: 1, pt: 1.5, display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Box sx={{ flex: 1, display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        <NumberField label={t('calibration.pixel')} value={mmPerPx} min={0.000_01} max={most.mmPerPx} decimals={decimals} unit="mm" width="100%" onChange={setTyped} />
        <NumberField label={t('calibration.width')} value={mmPerPx !== null && widthPx !== null ? mmPerPx * widthPx : null} disabled={widthPx === null} min={0.001} max={most.mm} decimals={2} unit="mm" width="100%" onChange={(mm) => setTyped(mm / widthPx!)} />
      </Box>
      {calibration && (
        <IconButton aria-label={t('calibration.remove')} title={t('calibration.remove')} onClick={() => void call(client.commissioning.setCalibration({ calibration: null }))}>
          <CloseIcon fontSize="small" />
        </IconButton>
      )}
    </Paper>
  )
}

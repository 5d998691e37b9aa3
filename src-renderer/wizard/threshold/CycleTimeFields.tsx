import { Box } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../fields/NumberField.tsx'

interface CycleTime {
  /** null: not said yet. */
  cycleTimeMs: number | null
  onChange: (cycleTimeMs: number) => Promise<unknown>
}

const msPerMinute = 60_000
const longestMs = 3_600_000

/** The same time twice: from one part to the next, and as parts per minute. Saved when a field is left. */
export function CycleTimeFields({ cycleTimeMs, onChange }: CycleTime) {
  const { t } = useTranslation('models')
  const [typed, setTyped] = useState<number | null>(null)
  const shown = typed ?? cycleTimeMs
  const save = async (): Promise<void> => {
    if (typed !== null && typed !== cycleTimeMs) await onChange(typed)
    setTyped(null)
  }
  return (
    <Box onBlur={() => void save()} sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
      <NumberField label={t('choice.cycleTime')} value={shown} min={1} max={longestMs} decimals={1} unit="ms" width="100%" onChange={setTyped} />
      <NumberField label={t('choice.perMinute')} value={shown === null ? null : msPerMinute / shown} min={msPerMinute / longestMs} max={msPerMinute} decimals={2} width="100%" onChange={(rate) => setTyped(msPerMinute / rate)} />
    </Box>
  )
}

import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../../wizard/fields/NumberField.tsx'
import type { Belt } from './useBudget.ts'

const fields = [
  { fact: 'beltSpeedMmPerS', unit: 'mm/s', min: 1, max: 20_000 },
  { fact: 'cameraToEjectorMm', unit: 'mm', min: 0, max: 100_000 },
  { fact: 'partPitchMm', unit: 'mm', min: 1, max: 100_000 },
  { fact: 'ejectorReactionMs', unit: 'ms', min: 0, max: 10_000 },
] as const

/** What people know of their belt. `wrong` are the numbers that leave no margin. */
export function BeltFields({ belt, wrong, onChange }: { belt: Belt; wrong: ReadonlySet<string>; onChange: (belt: Belt) => void }) {
  const { t } = useTranslation('io')
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(4, minmax(0, 1fr))', gap: 1.5 }}>
      {fields.map(({ fact, unit, min, max }) => (
        <NumberField key={fact} label={`${wrong.has(fact) ? '▲ ' : ''}${t(`budget.fact.${fact}`)}`} value={belt[fact]} min={min} max={max} decimals={1} unit={unit} width="100%" onChange={(value) => onChange({ ...belt, [fact]: value })} />
      ))}
    </Box>
  )
}

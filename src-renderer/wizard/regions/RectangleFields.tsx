import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Rectangle } from '../../../src-preload/contract/geometry.ts'
import { useDispatch } from '../../canvas/EditorContext.ts'
import type { ShapeRef } from '../../canvas/editorDocument.ts'
import { NumberField } from '../fields/NumberField.tsx'
import { useRefusal } from './useRefusal.ts'

const sides = ['x', 'y', 'width', 'height'] as const

export function RectangleFields({ selection, shape }: { selection: ShapeRef; shape: Rectangle }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  const refusal = useRefusal(selection)
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1, pt: 0.5 }}>
      {sides.map((side) => (
        <NumberField key={side} label={t(`regions.${side}`)} value={shape[side]} unit="px" isInteger width="100%" refuse={(value) => refusal({ ...shape, [side]: value })} onChange={(value) => dispatch({ kind: 'setShape', ref: selection, shape: { ...shape, [side]: value } })} />
      ))}
    </Box>
  )
}

import { Box, Button, IconButton, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { Point, Polygon } from '../../../src-preload/contract/geometry.ts'
import { useDispatch } from '../../canvas/EditorContext.ts'
import type { Selection } from '../../canvas/editorState.ts'
import { moveVertex } from '../../canvas/shapes.ts'
import { CloseIcon } from '../../parts/icons.tsx'
import { NumberField } from '../fields/NumberField.tsx'
import { PlusIcon } from '../icons.tsx'
import { useRefusal } from './useRefusal.ts'

/** A polygon's corners as numbers; the corner whose number is pressed is the one the arrow keys move. */
export function VertexFields({ selection, shape }: { selection: Selection; shape: Polygon }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, pt: 0.5 }}>
      {shape.points.map((point, index) => (
        <VertexRow key={index} selection={selection} shape={shape} point={point} index={index} />
      ))}
      <Button color="inherit" variant="outlined" startIcon={<PlusIcon />} onClick={() => dispatch({ kind: 'addVertex' })}>
        {t('regions.addVertex')}
      </Button>
    </Box>
  )
}

function VertexRow({ selection, shape, point, index }: { selection: Selection; shape: Polygon; point: Point; index: number }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  const refusal = useRefusal(selection)
  const isSelected = selection.vertex === index
  const at = (part: Partial<Point>): Polygon => moveVertex(shape, index, { ...point, ...part })
  const select = (vertex: number | null): void => dispatch({ kind: 'select', selection: { ...selection, vertex } })
  return (
    <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'flex-start' }}>
      <IconButton aria-label={t('regions.vertex', { number: index + 1 })} aria-pressed={isSelected} onClick={() => select(isSelected ? null : index)} sx={{ border: 2, borderColor: isSelected ? 'primary.main' : 'transparent' }}>
        <Typography sx={{ fontWeight: isSelected ? 700 : 400 }}>{index + 1}</Typography>
      </IconButton>
      {(['x', 'y'] as const).map((axis) => (
        <NumberField key={axis} label={axis} value={point[axis]} isInteger width="100%" refuse={(value) => refusal(at({ [axis]: value }))} onChange={(value) => dispatch({ kind: 'setShape', ref: selection, shape: at({ [axis]: value }) })} />
      ))}
      <IconButton aria-label={t('regions.removeVertex', { number: index + 1 })} disabled={shape.points.length <= 3} onClick={() => (select(index), dispatch({ kind: 'remove' }))}>
        <CloseIcon fontSize="small" />
      </IconButton>
    </Box>
  )
}

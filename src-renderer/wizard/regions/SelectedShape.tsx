import { Box, Button, Divider, IconButton, TextField } from '@mui/material'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDispatch, useEditor } from '../../canvas/EditorContext.ts'
import { findRegion, shapeAt, type Region } from '../../canvas/editorDocument.ts'
import { ArrowDownIcon, ArrowLeftIcon, ArrowRightIcon, ArrowUpIcon, DeleteIcon, DuplicateIcon } from '../icons.tsx'
import { RectangleFields } from './RectangleFields.tsx'
import { VertexFields } from './VertexFields.tsx'

/** Everything about the selected shape by field and button: what the pointer can do, done without one. */
export function SelectedShape() {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  const selection = useEditor((editor) => editor.selection)
  const regions = useEditor((editor) => editor.document.regions)
  const region = selection && findRegion(regions, selection.regionId)
  const shape = selection && shapeAt(regions, selection)
  if (!selection || !region || !shape) return null
  return (
    <>
      <Divider />
      {selection.mask === null && <NameField key={region.id} region={region} />}
      <NudgeButtons>
        {selection.mask === null && (
          <Button color="inherit" variant="outlined" startIcon={<DuplicateIcon />} onClick={() => dispatch({ kind: 'duplicate' })}>
            {t('regions.duplicate')}
          </Button>
        )}
        <Button color="inherit" variant="outlined" startIcon={<DeleteIcon />} onClick={() => dispatch({ kind: 'remove' })}>
          {t(selection.vertex === null ? 'regions.delete' : 'regions.deleteVertex')}
        </Button>
      </NudgeButtons>
      {shape.kind === 'rectangle' ? <RectangleFields selection={selection} shape={shape} /> : <VertexFields selection={selection} shape={shape} />}
    </>
  )
}

function NameField({ region }: { region: Region }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  const [typed, setTyped] = useState<string | null>(null)
  const isEmpty = typed !== null && typed.trim() === ''
  return (
    <TextField
      size="small"
      label={t('regions.name')}
      value={typed ?? region.name}
      error={isEmpty}
      helperText={isEmpty ? t('regions.nameNeeded') : undefined}
      slotProps={{ htmlInput: { maxLength: 80 } }}
      sx={{ mt: 0.5 }}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.value.trim() !== '') dispatch({ kind: 'rename', regionId: region.id, name: target.value.trim() })
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

const steps = [
  { name: 'left', Icon: ArrowLeftIcon, x: -1, y: 0, area: '2 / 1' },
  { name: 'right', Icon: ArrowRightIcon, x: 1, y: 0, area: '2 / 3' },
  { name: 'up', Icon: ArrowUpIcon, x: 0, y: -1, area: '1 / 2' },
  { name: 'down', Icon: ArrowDownIcon, x: 0, y: 1, area: '2 / 2' },
] as const

/** The arrow keys as buttons: 1 px, with Shift held 10. */
function NudgeButtons({ children }: { children: ReactNode }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      <Box role="group" aria-label={t('regions.nudge')} sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, auto)', flex: 'none' }}>
        {steps.map(({ name, Icon, x, y, area }) => (
          <IconButton key={name} aria-label={t(`regions.move.${name}`)} sx={{ gridArea: area, border: 1, borderColor: 'divider', borderRadius: 0.5 }} onClick={(event) => dispatch({ kind: 'nudge', by: { x: x * (event.shiftKey ? 10 : 1), y: y * (event.shiftKey ? 10 : 1) }, continues: false })}>
            <Icon fontSize="small" />
          </IconButton>
        ))}
      </Box>
      <Box sx={{ flex: 1, display: 'flex', flexDirection: 'column', gap: 0.5, minWidth: 0 }}>{children}</Box>
    </Box>
  )
}

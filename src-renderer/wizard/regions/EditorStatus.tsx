import { Box, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../../canvas/EditorContext.ts'
import { documentTroubles, type Editor, type Notice } from '../../canvas/editorState.ts'
import { previewOf } from '../../canvas/preview.ts'
import { DoneIcon } from '../icons.tsx'
import type { SaveState } from '../saver.ts'

/** What the tool in hand does next, or why the shape in hand cannot be used; and whether all is saved. */
export function EditorStatus({ saveState }: { saveState: SaveState | 'troubled' }) {
  const { t } = useTranslation('wizard')
  // As text, so that the same trouble at the next move of the pointer draws nothing anew.
  const trouble = useEditor((editor) => JSON.stringify(troubleOf(editor)))
  const hint = useEditor(hintOf)
  const first = JSON.parse(trouble) as Notice | null
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minHeight: '2.9rem' }}>
      <Typography role="status" variant="body2" data-testid="editor-hint" sx={{ flex: 1, lineHeight: 1.3, ...(first && { fontWeight: 650, borderLeft: 6, borderColor: 'warning.main', pl: 1 }) }}>
        {first ? t(`trouble.${first.code}`, { ...first.params }) : t(`regions.hint.${hint}`)}
      </Typography>
      <Typography variant="body2" color="textSecondary" data-testid="save-state" sx={{ display: 'flex', alignItems: 'center', gap: 0.5, whiteSpace: 'nowrap' }}>
        {saveState === 'saved' && <DoneIcon fontSize="small" />}
        {t(`saveState.${saveState}`)}
      </Typography>
    </Box>
  )
}

/** The shape in hand first, then what was just refused, then what lies in the document unusable. */
function troubleOf({ gesture, frame, notices, document }: Editor): Notice | null {
  const preview = previewOf(gesture, frame)
  const begun = gesture.kind === 'DrawingPolygon' && gesture.points.length < 3
  const inHand = begun ? undefined : preview?.troubles[0]
  return inHand ?? notices[0] ?? documentTroubles(document.regions, frame)[0]?.troubles[0] ?? null
}

function hintOf({ tool, gesture, selection, document }: Editor): string {
  if (gesture.kind === 'DrawingPolygon') return 'closePolygon'
  if (gesture.kind === 'DrawingRectangle') return 'secondCorner'
  if (tool === 'select') return selection ? 'edit' : document.regions.length === 0 ? 'begin' : 'select'
  return tool
}

import { Box, Divider, IconButton, ToggleButton, ToggleButtonGroup, Tooltip, Typography } from '@mui/material'
import type { SvgIconProps } from '@mui/material'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useDispatch, useEditor } from '../../canvas/EditorContext.ts'
import type { EditorCommand } from '../../canvas/editor.ts'
import { tools, type Tool } from '../../canvas/editorState.ts'
import { CameraIcon, FitIcon, MaskPolygonIcon, MaskRectangleIcon, MinusIcon, PanIcon, PlusIcon, PolygonIcon, RectangleIcon, RedoIcon, RefreshIcon, SelectIcon, UndoIcon } from '../icons.tsx'

type Icon = ComponentType<SvgIconProps>

const toolIcons: Readonly<Record<Tool, Icon>> = { select: SelectIcon, rectangle: RectangleIcon, polygon: PolygonIcon, maskRectangle: MaskRectangleIcon, maskPolygon: MaskPolygonIcon, pan: PanIcon }
const toolLetters: Readonly<Record<Tool, string>> = { select: 'V', rectangle: 'R', polygon: 'P', maskRectangle: 'M', maskPolygon: 'N', pan: 'H' }

export function EditorToolbar({ isLive, onLive, onNewPicture }: { isLive: boolean; onLive: (isLive: boolean) => void; onNewPicture: () => void }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  const tool = useEditor((editor) => editor.tool)
  const canUndo = useEditor((editor) => editor.document.past !== null)
  const canRedo = useEditor((editor) => editor.document.future !== null)
  const scale = useEditor((editor) => editor.view?.scale ?? 1)
  return (
    <Box role="toolbar" aria-label={t('regions.tools')} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <ToggleButtonGroup exclusive value={tool} onChange={(_event, next: Tool | null) => next && dispatch({ kind: 'setTool', tool: next })}>
        {tools.map((name) => (
          <ToolButton key={name} name={name} Icon={toolIcons[name]} />
        ))}
      </ToggleButtonGroup>
      <Divider orientation="vertical" flexItem />
      <CommandButton name="undo" keys="Ctrl+Z" Icon={UndoIcon} command={{ kind: 'undo' }} disabled={!canUndo} />
      <CommandButton name="redo" keys="Ctrl+Shift+Z" Icon={RedoIcon} command={{ kind: 'redo' }} disabled={!canRedo} />
      <Divider orientation="vertical" flexItem />
      <CommandButton name="zoomOut" keys="−" Icon={MinusIcon} command={{ kind: 'zoom', factor: 0.8 }} />
      <Typography aria-live="off" sx={{ minWidth: '3.25rem', textAlign: 'center' }}>
        {Math.round(scale * 100)} %
      </Typography>
      <CommandButton name="zoomIn" keys="+" Icon={PlusIcon} command={{ kind: 'zoom', factor: 1.25 }} />
      <CommandButton name="fit" keys="0" Icon={FitIcon} command={{ kind: 'fit' }} />
      <Box sx={{ flex: 1 }} />
      <ToggleButton value="live" selected={isLive} onChange={() => onLive(!isLive)} sx={{ gap: 0.75, px: 1.25, whiteSpace: 'nowrap' }}>
        <CameraIcon fontSize="small" />
        {t('regions.live')}
      </ToggleButton>
      <Tooltip title={t('regions.newPicture')}>
        <span>
          <IconButton aria-label={t('regions.newPicture')} disabled={isLive} onClick={onNewPicture}>
            <RefreshIcon />
          </IconButton>
        </span>
      </Tooltip>
    </Box>
  )
}

/** The group hands its props to the button, so they go through. */
function ToolButton({ name, Icon, ...group }: { name: Tool; Icon: Icon }) {
  const { t } = useTranslation('wizard')
  return (
    <ToggleButton {...group} value={name} title={`${t(`regions.tool.${name}`)} (${toolLetters[name]})`} sx={{ flexDirection: 'column', gap: 0.25, px: 0.75, py: 0.5, minWidth: '4.6rem' }}>
      <Icon fontSize="small" />
      <Typography variant="caption" component="span" noWrap sx={{ lineHeight: 1.1, fontSize: '0.75rem' }}>
        {t(`regions.tool.${name}`)}
      </Typography>
    </ToggleButton>
  )
}

function CommandButton({ name, keys, Icon, command, disabled = false }: { name: string; keys: string; Icon: Icon; command: EditorCommand; disabled?: boolean }) {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  return (
    <Tooltip title={`${t(`regions.${name}`)} (${keys})`}>
      <span>
        <IconButton aria-label={t(`regions.${name}`)} disabled={disabled} onClick={() => dispatch(command)}>
          <Icon />
        </IconButton>
      </span>
    </Tooltip>
  )
}

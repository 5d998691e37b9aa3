import { Box, Button, ButtonBase, Paper, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import { useDispatch, useEditor } from '../../canvas/EditorContext.ts'
import type { Region } from '../../canvas/editorDocument.ts'
import { mm } from '../../parts/mm.ts'
import { MaskRectangleIcon, PlusIcon, PolygonIcon, RectangleIcon } from '../icons.tsx'
import { SelectedShape } from './SelectedShape.tsx'

/** The regions by name, and the fields of the one that is selected. */
export function RegionPanel() {
  const { t } = useTranslation('wizard')
  const dispatch = useDispatch()
  const regions = useEditor((editor) => editor.document.regions)
  return (
    <Paper variant="outlined" sx={{ height: '100%', p: 1, overflowY: 'auto', display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'center' }}>
        <Typography variant="h3" sx={{ flex: 1, pl: 0.5 }}>
          {t('regions.list')}
        </Typography>
        <Button startIcon={<PlusIcon />} title={t('regions.addHint')} onClick={() => dispatch({ kind: 'addInCentre' })}>
          {t('regions.add')}
        </Button>
      </Box>
      {regions.length === 0 && (
        <Typography variant="body2" color="textSecondary" sx={{ px: 0.5 }}>
          {t('regions.none')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 0.5 }}>
        {regions.map((region) => (
          <RegionItem key={region.id} region={region} />
        ))}
      </Box>
      <SelectedShape />
    </Paper>
  )
}

function RegionItem({ region }: { region: Region }) {
  const { t } = useTranslation('wizard')
  const selection = useEditor((editor) => editor.selection)
  const isHere = selection?.regionId === region.id
  return (
    <Box component="li">
      <ShapeItem Icon={region.shape.kind === 'rectangle' ? RectangleIcon : PolygonIcon} text={region.name} isSelected={isHere && selection.mask === null} region={region} mask={null} />
      {region.masks.map((_mask, mask) => (
        <Box key={mask} sx={{ pl: 3 }}>
          <ShapeItem Icon={MaskRectangleIcon} text={t('regions.mask', { number: mask + 1 })} isSelected={isHere && selection.mask === mask} region={region} mask={mask} />
        </Box>
      ))}
    </Box>
  )
}

function ShapeItem({ Icon, text, isSelected, region, mask }: { Icon: typeof RectangleIcon; text: string; isSelected: boolean; region: Region; mask: number | null }) {
  const dispatch = useDispatch()
  return (
    <ButtonBase
      aria-pressed={isSelected}
      onClick={() => dispatch({ kind: 'select', selection: { regionId: region.id, mask, vertex: null } })}
      sx={{ width: '100%', minHeight: mm(10), px: 1, gap: 1, justifyContent: 'flex-start', borderRadius: 1, border: 2, borderColor: isSelected ? 'primary.main' : 'transparent', '&:hover': { bgcolor: 'action.hover' } }}
    >
      <Icon fontSize="small" sx={{ color: 'text.secondary' }} />
      <Typography noWrap sx={{ fontWeight: isSelected ? 650 : 400 }}>
        {text}
      </Typography>
    </ButtonBase>
  )
}

import { Box } from '@mui/material'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EditorContext, createEditorStore } from '../../canvas/EditorContext.ts'
import { RegionCanvas } from '../../canvas/RegionCanvas.tsx'
import type { Size } from '../../canvas/viewport.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { AlignmentSection } from './AlignmentSection.tsx'
import { CalibrationSection } from './CalibrationSection.tsx'
import { EditorStatus } from './EditorStatus.tsx'
import { EditorToolbar } from './EditorToolbar.tsx'
import { RegionPanel } from './RegionPanel.tsx'
import { useEditorKeys } from './useEditorKeys.ts'
import { useCameraPicture } from './useCameraPicture.ts'
import { useSavedRegions } from './useSavedRegions.ts'

/** The region editor in its step: tools, picture, list and fields, all on one document that is saved as it changes. */
export function RegionEditor({ view, frame }: { view: Pick<CommissioningView, 'regions' | 'alignment' | 'calibration' | 'jobs'>; frame: Size }) {
  const { t } = useTranslation('wizard')
  const { regions, alignment } = view
  const [store] = useState(() => createEditorStore(regions, frame, t('regions.word')))
  const [isLive, setIsLive] = useState(false)
  const { picture, takeNew } = useCameraPicture(isLive)
  const saveState = useSavedRegions(store, regions, frame)
  const word = t('regions.word')
  useEffect(() => store.setState(({ editor }) => ({ editor: { ...editor, regionWord: word } })), [store, word])
  useEditorKeys(store)
  return (
    <EditorContext value={store}>
      <Box sx={{ height: '100%', display: 'grid', gridTemplate: `'tools tools' auto 'picture panel' minmax(0, 1fr) 'status panel' auto / minmax(0, 1fr) 18.5rem`, gap: 1 }}>
        <Box sx={{ gridArea: 'tools', minWidth: 0 }}>
          <EditorToolbar isLive={isLive} onLive={setIsLive} onNewPicture={takeNew} />
        </Box>
        <Box sx={{ gridArea: 'picture', minHeight: 0, minWidth: 0 }}>
          <RegionCanvas picture={picture} alignment={alignment && alignment.rectangle} label={t('regions.canvas')} />
        </Box>
        <Box sx={{ gridArea: 'status', minWidth: 0 }}>
          <EditorStatus saveState={saveState} />
        </Box>
        <Box sx={{ gridArea: 'panel', minHeight: 0, display: 'grid', gridTemplateRows: 'minmax(0, 1fr) auto auto', gap: 1 }}>
          <RegionPanel />
          <CalibrationSection calibration={view.calibration} />
          <AlignmentSection view={view} frame={frame} />
        </Box>
      </Box>
    </EditorContext>
  )
}

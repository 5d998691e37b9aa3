import { Box, Button } from '@mui/material'
import { useState } from 'react'
import { useHotkeys } from 'react-hotkeys-hook'
import { useTranslation } from 'react-i18next'
import type { StationView } from '../client/stationClient.ts'
import { BackIcon } from '../parts/icons.tsx'
import { useConnection } from '../store/mirror.ts'
import { setUi, useUiSettings } from '../store/uiSettings.ts'
import { bandButton } from './bandButton.ts'
import { bandOf } from './bandOf.ts'
import { ClearFault } from './ClearFault.tsx'
import { ConsoleHelp } from './ConsoleHelp.tsx'
import { DemoPanel } from './DemoPanel.tsx'
import { LineStrip } from './LineStrip.tsx'
import { PictureStage } from './PictureStage.tsx'
import { RecentParts } from './RecentParts.tsx'
import { SidePanel } from './SidePanel.tsx'
import { StageTools } from './StageTools.tsx'
import { StationButtons } from './StationButtons.tsx'
import { StopRequestBar } from './StopRequestBar.tsx'
import { TopBar } from './TopBar.tsx'
import { useChosenPart } from './useChosenPart.ts'
import { VerdictBand } from './VerdictBand.tsx'

/** The operator's kiosk console: one screen, nothing to scroll, everything by finger and by key. */
export function Console({ station }: { station: StationView }) {
  const { chosen, choose, older, newer, backToLive } = useChosenPart(station.recent)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const [isDemoOpen, setIsDemoOpen] = useState(false)
  const isOnline = useConnection().state === 'online'
  const { heatmapShown } = useUiSettings()
  const band = bandOf(station, chosen)
  const staleness = isOnline ? {} : stale

  useHotkeys('left', older, { preventDefault: true, ignoreEventWhen: isOnSlider })
  useHotkeys('right', newer, { preventDefault: true, ignoreEventWhen: isOnSlider })
  useHotkeys('escape', backToLive)
  useHotkeys('h', () => setUi({ heatmapShown: !heatmapShown }))
  useHotkeys('f1', () => setIsHelpOpen(true), { preventDefault: true })
  useHotkeys('?', () => setIsHelpOpen(true), { useKey: true })

  return (
    <Box
      component="main"
      sx={{ height: '100dvh', overflow: 'hidden', boxSizing: 'border-box', px: 1.5, pb: 1.5, display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr) clamp(27rem, 39.5vw, 36rem)', gridTemplateRows: 'auto auto minmax(0, 1fr)' }}
    >
      <Box sx={{ gridColumn: '1 / -1', minWidth: 0 }}>
        <TopBar station={station} />
      </Box>
      <Box sx={{ gridColumn: '1 / -1', minWidth: 0, ...staleness }}>
        <VerdictBand band={band} actions={chosen ? <BackToLive onClick={backToLive} /> : band.about === 'station' && band.canClear && station.clearedBy ? <ClearFault clearedBy={station.clearedBy} /> : null} />
      </Box>
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, minHeight: 0, minWidth: 0 }}>
        {station.line.stopRequest && <StopRequestBar request={station.line.stopRequest} />}
        <Box sx={{ flex: 1, minHeight: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: 1 }}>
          <Box sx={{ position: 'relative', minHeight: 0, bgcolor: 'background.stage', borderRadius: 1, overflow: 'hidden', ...staleness }}>
            <PictureStage station={station} chosen={chosen} />
            {isDemoOpen && station.world && <DemoPanel world={station.world} />}
          </Box>
          <StageTools isDemoOpen={isDemoOpen} onToggleDemo={station.world ? () => setIsDemoOpen(!isDemoOpen) : null} />
        </Box>
        <Box sx={staleness}>
          <RecentParts recent={station.recent} chosen={chosen} onChoose={choose} />
        </Box>
        {station.line.trigger && station.mode === 'running' && <LineStrip line={station.line} isOnline={isOnline} />}
      </Box>
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, minHeight: 0 }}>
        <Box sx={{ flex: 1, minHeight: 0, ...staleness }}>
          <SidePanel station={station} />
        </Box>
        <StationButtons station={station} isOnline={isOnline} onHelp={() => setIsHelpOpen(true)} />
      </Box>
      {isHelpOpen && <ConsoleHelp onClose={() => setIsHelpOpen(false)} />}
    </Box>
  )
}

/** What is old must look old: no colour says anything while the station does not answer. */
const stale = { filter: 'grayscale(1)', opacity: 0.45 } as const

/** A slider uses the arrow keys itself. */
const isOnSlider = ({ target }: Event): boolean => target instanceof HTMLInputElement

function BackToLive({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('console')
  return (
    <Button variant="outlined" color="inherit" startIcon={<BackIcon />} onClick={onClick} sx={bandButton}>
      {t('button.backToLive')}
    </Button>
  )
}

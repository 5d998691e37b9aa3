import { Box, Typography } from '@mui/material'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveFrame, PartSummary, StationView } from '../client/stationClient.ts'
import { LivePicture } from '../parts/LivePicture.tsx'
import { PictureFrame } from '../parts/PictureFrame.tsx'
import { StoredPicture } from '../parts/StoredPicture.tsx'
import { useUiSettings } from '../store/uiSettings.ts'
import { DetectionOverlay } from './DetectionOverlay.tsx'
import { WhyButton } from './explanation/WhyButton.tsx'
import { HeatOverlay } from './HeatOverlay.tsx'
import { HeatScale } from './HeatScale.tsx'
import { RegionOverlay } from './RegionOverlay.tsx'
import { useInspection } from './useInspection.ts'

type Size = { widthPx: number; heightPx: number }

/** The live picture, or a chosen part's; with the regions and, where wanted, the heat of exactly that part. */
export function PictureStage({ station, chosen }: { station: StationView; chosen: PartSummary | null }) {
  const { t } = useTranslation('console')
  const { heatmapShown, heatmapOpacity } = useUiSettings()
  const [live, setLive] = useState<Size & { resultId: string | null }>()
  const onFrame = useCallback(({ resultId, widthPx, heightPx }: LiveFrame) => setLive({ resultId, widthPx, heightPx }), [])

  const pictured = chosen ? chosen.resultId : (live?.resultId ?? null)
  // A picture may come before its record; only a recorded part has evidence to ask for.
  const isRecorded = chosen !== null || station.recent.some(({ resultId }) => resultId === pictured)
  const inspection = useInspection(isRecorded ? pictured : null)
  const frameSize: Size = station.frameSize ?? live ?? { widthPx: 4, heightPx: 3 }
  const last = station.recent[0]
  const isOfAnEarlierPart = !chosen && last !== undefined && live?.resultId != null && live.resultId !== last.resultId
  const hasPicture = chosen !== null || live !== undefined

  return (
    <PictureFrame {...frameSize}>
      {chosen ? <StoredPicture of={{ resultId: chosen.resultId }} maxWidthPx={1600} label={t('picture.chosen', { number: chosen.sequence })} /> : <LivePicture label={t('picture.live')} onFrame={onFrame} />}
      {hasPicture && heatmapShown && inspection?.readings.map((reading) => <HeatOverlay key={reading.regionId} reading={reading} frameSize={frameSize} opacity={heatmapOpacity} />)}
      {hasPicture && <RegionOverlay regions={station.regions} readings={inspection?.readings ?? []} frameSize={frameSize} />}
      {hasPicture && <DetectionOverlay readings={inspection?.readings ?? []} frameSize={frameSize} />}
      {hasPicture && heatmapShown && <HeatScale />}
      {chosen && inspection && inspection.readings.length > 0 && <WhyButton key={chosen.resultId} inspection={inspection} />}
      {station.isSimulated && <Watermark text={t('common:simulated')} />}
      {!hasPicture && <Caption text={t('picture.none')} isShown />}
      {/* A picture comes a moment before its verdict; only a lasting difference is worth a word. */}
      <Caption text={t('picture.earlier')} isShown={isOfAnEarlierPart} />
    </PictureFrame>
  )
}

const Watermark = ({ text }: { text: string }) => (
  <Box aria-hidden sx={{ position: 'absolute', inset: 0, display: 'grid', placeItems: 'end center', pb: '3%', overflow: 'hidden', pointerEvents: 'none', containerType: 'inline-size' }}>
    <Typography component="span" sx={{ fontSize: '6cqw', fontWeight: 800, letterSpacing: '0.2em', lineHeight: 1, color: '#fff', opacity: 0.6, textShadow: '0 0 4px #000' }}>
      {text}
    </Typography>
  </Box>
)

const Caption = ({ text, isShown }: { text: string; isShown: boolean }) => (
  <Box sx={{ position: 'absolute', inset: 'auto 0 0 0', p: 1, textAlign: 'center', bgcolor: 'background.paper', fontWeight: 600, opacity: isShown ? 1 : 0, visibility: isShown ? 'visible' : 'hidden', transition: isShown ? 'opacity 0.15s 0.8s, visibility 0s 0.8s' : 'none', pointerEvents: 'none' }}>
    {text}
  </Box>
)

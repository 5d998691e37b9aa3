import { Box } from '@mui/material'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommissioningView, LiveFrame } from '../../client/stationClient.ts'
import { LivePicture } from '../../parts/LivePicture.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { CameraIcon } from '../icons.tsx'
import { beginFocusTrend, extendFocusTrend } from './focusTrend.ts'
import { Instruments } from './Instruments.tsx'
import { SourcePicker } from './SourcePicker.tsx'

type Quality = LiveFrame['quality']

/** Which camera, what it sees, and whether that is sharp and well lit. */
export function CameraStep({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const source = view.camera?.source
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateColumns: '17.5rem minmax(0, 1fr)', gap: 2 }}>
      <SourcePicker view={view} />
      {source === undefined ? <EmptyState Icon={CameraIcon} text={t('camera.none')} /> : <LiveCamera key={source} />}
    </Box>
  )
}

function LiveCamera() {
  const { t } = useTranslation('wizard')
  const [trend, setTrend] = useState(beginFocusTrend)
  const [quality, setQuality] = useState<Quality | null>(null)
  const hear = useCallback((frame: LiveFrame) => {
    setQuality(frame.quality)
    setTrend((trend) => extendFocusTrend(trend, frame.quality.focus))
  }, [])
  return (
    <Box sx={{ display: 'grid', gridTemplateRows: 'minmax(0, 1fr) auto', gap: 1.5, minHeight: 0 }}>
      <Box sx={{ bgcolor: 'background.stage', borderRadius: 1, overflow: 'hidden', minHeight: 0, '& canvas': { objectFit: 'contain' } }}>
        <LivePicture label={t('camera.live')} onFrame={hear} />
      </Box>
      <Instruments trend={trend} quality={quality} onResetPeak={() => setTrend(beginFocusTrend)} />
    </Box>
  )
}

import { Box, ButtonBase, Typography } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { StoredPicture } from '../../parts/StoredPicture.tsx'
import { DoneIcon } from '../icons.tsx'

interface Tile {
  frame: CommissioningView['baseline']['frames'][number]
  index: number
  height: string
  /** Whether Tab leads here. */
  isActive: boolean
  isSelected: boolean
  onToggle: () => void
}

/** One captured picture with its number and, where it is not learnt from, why. */
export function FrameTile({ frame, index, height, isActive, isSelected, onToggle }: Tile) {
  const { t } = useTranslation('wizard')
  const flags = frame.flags.map((flag) => t(`baseline.flag.${flag}`)).join(', ')
  const isOdd = frame.flags.length > 0 || frame.isSimulatedDefect
  return (
    <ButtonBase
      aria-pressed={isSelected}
      aria-label={[t('baseline.picture', { number: index + 1 }), flags].filter(Boolean).join(', ')}
      tabIndex={isActive ? 0 : -1}
      data-frame={index}
      onClick={onToggle}
      style={{ height }}
      sx={{ display: 'grid', gridTemplateRows: 'minmax(0, 1fr) auto', alignItems: 'stretch', borderRadius: 1, overflow: 'hidden', border: 2, borderColor: isSelected ? 'primary.main' : 'divider', bgcolor: 'background.paper', textAlign: 'left' }}
    >
      <Box sx={{ position: 'relative', minHeight: 0, bgcolor: 'background.stage', opacity: frame.flags.length > 0 ? 0.6 : 1 }}>
        <StoredPicture of={{ baselineId: frame.id }} maxWidthPx={160} label="" />
        {isSelected && <DoneIcon sx={{ position: 'absolute', top: 4, right: 4, bgcolor: 'primary.main', color: 'primary.contrastText', borderRadius: '50%', p: 0.25 }} />}
      </Box>
      <Box sx={{ px: 0.75, py: 0.25, display: 'flex', gap: 0.5, minWidth: 0, borderTop: isOdd ? 3 : 0, borderColor: 'warning.main' }}>
        <Typography variant="caption" color="textSecondary">
          {index + 1}
        </Typography>
        <Typography variant="caption" noWrap title={flags} sx={{ fontWeight: 650 }}>
          {frame.isSimulatedDefect ? t('baseline.simulatedDefect') : flags}
        </Typography>
      </Box>
    </ButtonBase>
  )
}

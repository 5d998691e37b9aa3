import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { CommissioningView } from '../../client/stationClient.ts'
import { EmptyState } from '../EmptyState.tsx'
import { RegionsIcon } from '../icons.tsx'
import { RegionEditor } from './RegionEditor.tsx'

/** Where on the part to look, and where not. */
export function RegionsStep({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('wizard')
  const size = view.camera?.frameSize
  if (!size) return <Box sx={{ height: '100%' }}><EmptyState Icon={RegionsIcon} text={t('regions.noPicture')} /></Box>
  return <RegionEditor view={view} frame={{ width: size.widthPx, height: size.heightPx }} />
}

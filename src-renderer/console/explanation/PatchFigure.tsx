import { Box } from '@mui/material'
import type { PatchPicture } from '../../../src-preload/contract/explanation.ts'
import { BlobPicture } from './BlobPicture.tsx'

/** A patch with what lies around it; the frame marks what the model compares. */
export function PatchFigure({ picture: { jpeg, window, patch }, label }: { picture: PatchPicture; label: string }) {
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`
  return (
    <Box sx={{ position: 'relative', overflow: 'hidden', borderRadius: 1, bgcolor: 'background.stage' }}>
      <BlobPicture picture={jpeg} label={label} />
      <Box
        aria-hidden
        style={{ left: percent(patch.left - window.left, window.width), top: percent(patch.top - window.top, window.height), width: percent(patch.width, window.width), height: percent(patch.height, window.height) }}
        sx={{ position: 'absolute', border: '2px solid #fff', boxShadow: '0 0 0 1.5px #000, inset 0 0 0 1.5px #000' }}
      />
    </Box>
  )
}

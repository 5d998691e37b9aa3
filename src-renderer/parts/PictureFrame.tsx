import { Box } from '@mui/material'
import type { ReactNode } from 'react'

/** The largest box of the picture's proportions within the space there is; whatever lies on the picture goes inside, placed in percent. */
export function PictureFrame({ widthPx, heightPx, children }: { widthPx: number; heightPx: number; children: ReactNode }) {
  return (
    <Box sx={{ containerType: 'size', width: '100%', height: '100%', display: 'grid', placeItems: 'center' }}>
      <Box style={{ width: `min(100cqw, 100cqh * ${widthPx / heightPx})`, aspectRatio: `${widthPx} / ${heightPx}` }} sx={{ position: 'relative' }}>
        {children}
      </Box>
    </Box>
  )
}

import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'

/** A titled group on the side of the console. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Typography component="h2" variant="caption" color="textSecondary" sx={{ display: 'block', mb: 0.5, fontWeight: 600, lineHeight: 1.2 }}>
        {title}
      </Typography>
      {children}
    </Box>
  )
}

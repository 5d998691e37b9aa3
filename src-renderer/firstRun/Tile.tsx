import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'

/** One way to begin: what it is, what it takes, and how to go on. */
export function Tile({ title, text, takes, isDimmed = false, children }: { title: string; text: string; takes: string; isDimmed?: boolean; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ display: 'flex', flexDirection: 'column', gap: 1, p: 3, bgcolor: isDimmed ? 'transparent' : 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1.5, minWidth: 0 }}>
      <Typography variant="h2" color={isDimmed ? 'textSecondary' : 'textPrimary'}>
        {title}
      </Typography>
      <Typography color="textSecondary">{text}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ fontWeight: 600 }}>
        {takes}
      </Typography>
      <Box sx={{ mt: 'auto', pt: 2, display: 'grid', gap: 1 }}>{children}</Box>
    </Box>
  )
}

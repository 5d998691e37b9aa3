import { Box, Typography, type SvgIconProps } from '@mui/material'
import type { ComponentType, ReactNode } from 'react'

/** Where there is nothing yet: what to do next. */
export function EmptyState({ Icon, text, children }: { Icon: ComponentType<SvgIconProps>; text: string; children?: ReactNode }) {
  return (
    <Box sx={{ height: '100%', display: 'grid', placeContent: 'center', justifyItems: 'center', gap: 2, p: 3, borderRadius: 1, border: 2, borderStyle: 'dashed', borderColor: 'divider', textAlign: 'center' }}>
      <Icon sx={{ fontSize: '3rem', color: 'text.secondary' }} />
      <Typography sx={{ maxWidth: '34rem' }}>{text}</Typography>
      {children}
    </Box>
  )
}

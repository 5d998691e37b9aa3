import { Box, FormControlLabel, Switch } from '@mui/material'
import type { ReactNode } from 'react'

/** Something a line may have: its switch, and its fields while it is on. */
export function Optional({ label, isOn, onSwitch, children }: { label: string; isOn: boolean; onSwitch: (on: boolean) => void; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      <FormControlLabel control={<Switch checked={isOn} onChange={(_event, on) => onSwitch(on)} />} label={label} sx={{ ml: 0 }} />
      {isOn && <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.25 }}>{children}</Box>}
    </Box>
  )
}

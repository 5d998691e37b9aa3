import { Box } from '@mui/material'
import type { IoView } from '../../client/stationClient.ts'
import { ArmPanel } from '../signals/ArmPanel.tsx'
import { LatencyCard } from './LatencyCard.tsx'
import { LinkCard } from './LinkCard.tsx'
import { LoopCard } from './LoopCard.tsx'

/** What proves the wiring, by figures: twenty handshakes, the pulled link, and how long parts have taken. */
export function TestsTab({ io }: { io: IoView }) {
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: 1.5 }}>
      <ArmPanel io={io} />
      <Box sx={{ overflowY: 'auto', minHeight: 0, display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 1.5, alignItems: 'start' }}>
        <LoopCard io={io} />
        <LinkCard io={io} />
        <LatencyCard io={io} />
      </Box>
    </Box>
  )
}

import { Box } from '@mui/material'
import { useTranslation } from 'react-i18next'
import type { StationView } from '../client/stationClient.ts'
import { OutputLamp } from '../parts/OutputLamp.tsx'
import { mm } from '../parts/mm.ts'
import { useFormats } from '../parts/useFormats.ts'
import { Counters } from './Counters.tsx'
import { Facts } from './Facts.tsx'
import { HealthList } from './HealthList.tsx'
import { Panel } from './Panel.tsx'

/** Counters beside everything that tells whether the station is well. */
export function SidePanel({ station }: { station: StationView }) {
  const { t } = useTranslation('console')
  const { count } = useFormats()
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateColumns: `${mm(63)} minmax(0, 1fr)`, bgcolor: 'background.paper', borderRadius: 1, overflow: 'hidden' }}>
      <Box sx={{ p: 2, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
        <Panel title={t('counter.title', { inspections: count(station.counters.inspections) })}>{null}</Panel>
        <Box sx={{ flex: 1, minHeight: 0, mt: 1, maxHeight: '26rem' }}>
          <Counters counters={station.counters} />
        </Box>
      </Box>
      <Box sx={{ p: 2, minHeight: 0, borderLeft: 1, borderColor: 'divider', display: 'flex', flexDirection: 'column', gap: 1.75 }}>
        <Panel title={t('panel.health')}>
          <HealthList health={station.health} />
        </Panel>
        <Panel title={t('panel.outputs')}>
          <Box sx={{ display: 'grid', gap: 0.75 }}>
            {(['accept', 'reject', 'hold'] as const).map((name) => (
              <OutputLamp key={name} name={name} lamp={station.outputs[name]} />
            ))}
          </Box>
        </Panel>
        <Panel title={t('panel.facts')}>
          <Facts station={station} />
        </Panel>
      </Box>
    </Box>
  )
}

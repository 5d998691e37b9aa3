import { Box, Tab, Tabs, Typography } from '@mui/material'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../client/ClientContext.ts'
import type { CommissioningView } from '../../client/stationClient.ts'
import { ioBodies, ioTabs, type IoTab } from '../../io/ioTabs.tsx'
import { useIo } from '../../io/useIo.ts'
import { useSaved } from '../useSaved.ts'
import { DraftBudget } from './DraftBudget.tsx'
import { lineForTarget } from './line/lineDefaults.ts'
import { LineForm } from './line/LineForm.tsx'
import type { Wiring } from './OutputCard.tsx'
import { kindOf } from './plcAddress.ts'
import { usePorts } from './usePorts.ts'
import { WiringTab } from './WiringTab.tsx'

const ownTabs = ['wiring', 'line'] as const

/** Where the verdict goes: which PLC, which coil says what, how the line talks back, and the proof that all of it works. */
export function OutputsStep({ view }: { view: CommissioningView }) {
  const { t } = useTranslation('io')
  const client = useClient()
  const io = useIo()
  const ports = usePorts()
  const [tab, setTab] = useState<(typeof ownTabs)[number] | IoTab>('wiring')
  const saved = useSaved<{ target: string; wiring: Wiring }>({ target: view.plc?.target ?? 'simulated', wiring: view.wiring }, (choice) => client.commissioning.choosePlc(choice))
  const line = useSaved<CommissioningView['line']>(view.line, (next) => client.commissioning.setLine({ line: next }))
  const { target, wiring } = saved.value
  const isServer = kindOf(target) === 'listen'
  const chooseTarget = (next: string): void => {
    const fitting = lineForTarget(line.value, kindOf(next) === 'listen')
    if (fitting !== line.value) line.change(fitting)
    saved.change({ target: next, wiring })
  }
  const Body = tab === 'wiring' || tab === 'line' ? null : ioBodies[tab]
  return (
    <Box sx={{ height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: 1.5 }}>
      <Tabs value={tab} aria-label={t('tabs')} variant="scrollable" onChange={(_event, next: typeof tab) => setTab(next)} sx={{ borderBottom: 1, borderColor: 'divider' }}>
        {ownTabs.map((id) => (
          <Tab key={id} value={id} label={t(`wizardTab.${id}`)} />
        ))}
        {ioTabs.map((id) => (
          <Tab key={id} value={id} label={t(`tab.${id}`)} />
        ))}
      </Tabs>
      <Box sx={{ minHeight: 0, minWidth: 0 }}>
        {tab === 'wiring' && <WiringTab view={view} saved={saved} isServer={isServer} onTarget={chooseTarget} ports={ports} />}
        {tab === 'line' && <LineForm line={line.value} wiring={wiring} isServer={isServer} ports={ports} onChange={(next) => line.change(next)} />}
        {tab === 'budget' && io && <DraftBudget line={line.value} reject={wiring.reject} timing={io.timing} onLine={(next) => line.change(next)} onReject={(reject) => saved.change({ target, wiring: { ...wiring, reject } })} />}
        {tab !== 'budget' && Body && (io?.plc ? <Body io={io} /> : <Typography role="status">{t(io ? 'noPlc' : 'waiting')}</Typography>)}
      </Box>
    </Box>
  )
}

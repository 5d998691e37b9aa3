import type { ComponentType } from 'react'
import type { IoView } from '../client/stationClient.ts'
import { BudgetTab } from './budget/BudgetTab.tsx'
import { ScopeTab } from './scope/ScopeTab.tsx'
import { SignalsTab } from './signals/SignalsTab.tsx'
import { TestsTab } from './tests/TestsTab.tsx'
import { TrafficTab } from './traffic/TrafficTab.tsx'

export const ioTabs = ['signals', 'scope', 'traffic', 'tests', 'budget'] as const
export type IoTab = (typeof ioTabs)[number]

/** What stands below each tab; it fills the space it is given and scrolls in one place at the most. Titles are `tab.<id>`. */
export const ioBodies: Readonly<Record<IoTab, ComponentType<{ io: IoView }>>> = { signals: SignalsTab, scope: ScopeTab, traffic: TrafficTab, tests: TestsTab, budget: BudgetTab }

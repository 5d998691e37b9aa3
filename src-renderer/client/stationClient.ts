import type { ContractRouterClient } from '@orpc/contract'
import type { z } from 'zod'
import type { Contract } from '../../src-preload/contract/contract.ts'
import type { Fault as FaultSchema } from '../../src-preload/contract/resultOf.ts'
import type { Health as HealthSchema, OutputLamp as OutputLampSchema, Reason as ReasonSchema, SessionView as SessionSchema } from '../../src-preload/contract/views.ts'

/** Everything a screen may ask of the station; the transport below it makes no difference. */
export type StationClient = ContractRouterClient<Contract>

export type Fault = z.infer<typeof FaultSchema>
export type Health = z.infer<typeof HealthSchema>
export type OutputLamp = z.infer<typeof OutputLampSchema>
export type Reason = z.infer<typeof ReasonSchema>
export type SessionView = z.infer<typeof SessionSchema>
export type { BudgetView, IoPorts, IoView, LatencyFigures, NumberedTraffic, RegisterRow, ScopePart } from '../../src-preload/contract/io.ts'
export type { CommissioningView } from '../../src-preload/contract/commissioningView.ts'
export type { InspectionView, JobView, LiveFrame, PartSummary, StationView } from '../../src-preload/contract/views.ts'

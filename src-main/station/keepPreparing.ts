import type { Fault } from '../domain/fault.ts'
import { succeed, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { PlcPort } from '../ports/plc.ts'
import { faultPolicy } from './faultPolicy.ts'
import { prepareLine, type ActiveRecipe, type OpenedDevices, type Stores } from './prepareLine.ts'

export interface PreparedLine {
  readonly active: ActiveRecipe
  readonly devices: OpenedDevices
}

const retryMs = [500, 1_000, 2_000, 3_000] as const

/** Tries again while somebody wants it and time may cure the trouble; the Fault is one that a person has to clear. Undefined: no longer wanted. */
export async function keepPreparing(
  wanted: () => ActiveRecipe | null,
  stores: Stores & { readonly clock: ClockPort },
  connected: PlcPort | null,
  onTrouble: (trouble: Fault) => void,
): Promise<Result<PreparedLine> | undefined> {
  for (let attempt = 0; ; attempt++) {
    const active = wanted()
    if (!active) return undefined
    const opened = await prepareLine(active, stores, connected)
    if (opened.ok) return succeed({ active, devices: opened.value })
    if (faultPolicy(opened.fault.code).latches) return opened
    onTrouble(opened.fault)
    await stores.clock.sleep(retryMs[Math.min(attempt, retryMs.length - 1)]!)
  }
}

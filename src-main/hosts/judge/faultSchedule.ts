import { drawsOf } from '../../adapters/plc/conveyor/beltPlan.ts'
import type { LineFault } from '../../adapters/plc/conveyor/lineEvent.ts'

/** What happens to the station's own processes: killed, frozen and woken, or its loop held up. */
export const stationFaults = ['killStation', 'freezeStation', 'holdUpStation'] as const
export type StationFault = (typeof stationFaults)[number]
export type JudgeFault = LineFault | StationFault

/** One fault of a run: so long after a part's trigger, and for so long. */
export interface ScheduledFault {
  readonly name: JudgeFault
  readonly afterMs: number
  readonly forMs: number
}

interface FaultRate {
  readonly weight: number
  readonly forMs: readonly [least: number, most: number]
}

const either: Partial<Record<JudgeFault, FaultRate>> = {
  silence: { weight: 4, forMs: [20, 500] },
  reset: { weight: 6, forMs: [1, 50] },
  halfOpen: { weight: 3, forMs: [1, 1] },
  slow: { weight: 8, forMs: [50, 400] },
  split: { weight: 12, forMs: [50, 300] },
  exception: { weight: 4, forMs: [10, 60] },
  wrongTransaction: { weight: 4, forMs: [10, 60] },
  twoClients: { weight: 6, forMs: [100, 500] },
  restart: { weight: 2, forMs: [1, 1] },
  encoderStall: { weight: 4, forMs: [50, 300] },
  missedEye: { weight: 8, forMs: [60, 160] },
  doubleTrigger: { weight: 8, forMs: [60, 160] },
  killStation: { weight: 1, forMs: [1, 1] },
  freezeStation: { weight: 1, forMs: [600, 2_000] },
  holdUpStation: { weight: 1, forMs: [600, 2_000] },
}

const rates: Readonly<Record<JudgeRole, Partial<Record<JudgeFault, FaultRate>>>> = {
  client: { ...either, lyingReadBack: { weight: 2, forMs: [20, 100] }, stuckOutput: { weight: 2, forMs: [20, 200] } },
  server: { ...either, idGap: { weight: 4, forMs: [1, 1] }, idRepeat: { weight: 4, forMs: [1, 1] } },
}

/** Of the station. */
export const judgeRoles = ['client', 'server'] as const
export type JudgeRole = (typeof judgeRoles)[number]

/** The fault that begins with this part, if one does: about one part in `every`, the same ones for the same seed. */
export function faultAt(role: JudgeRole, seed: number, part: number, every: number): ScheduledFault | null {
  const draw = drawsOf(seed ^ 0x2c1b3c6d, part)
  if (draw() * every >= 1) return null
  const table = Object.entries(rates[role]) as [JudgeFault, FaultRate][]
  let left = draw() * table.reduce((sum, [, { weight }]) => sum + weight, 0)
  const [name, { forMs: [least, most] }] = table.find(([, { weight }]) => (left -= weight) < 0) ?? table[0]!
  return { name, afterMs: 40 * draw(), forMs: least + (most - least) * draw() }
}

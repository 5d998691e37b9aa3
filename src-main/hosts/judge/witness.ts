import type { LineEvent } from '../../adapters/plc/conveyor/lineEvent.ts'
import type { PlcAnswer, StationCounts } from '../../adapters/plc/conveyor/plcProgram.ts'
import type { JudgeRole } from './faultSchedule.ts'

/** One edge of the trigger eye. */
export interface WitnessedTrigger {
  readonly part: number
  readonly triggerNumber: number
  readonly isBounce: boolean
  readonly atMs: number
  /** The station could have seen the edge: it read the input off before and on afterwards. null where there is no such input. */
  isShown: boolean | null
  /** PART_ID of the simulated PLC; null for an I/O module. */
  partId: string | null
  /** What the simulated PLC made of it; null for an I/O module, which makes nothing of anything. */
  verdict: PlcAnswer['verdict'] | null
}

/** What really became of one part. */
export interface WitnessedPart {
  readonly part: number
  readonly isDefective: boolean
  /** The trigger eye did not see it. */
  readonly isUnseen: boolean
  leftBy: 'exit' | 'reject' | null
  leftMs: number | null
}

/** The judge's own log, from the belt and from nobody else. All times are CLOCK_MONOTONIC, as the station's records have them. */
export interface Witness {
  readonly parts: ReadonlyMap<number, WitnessedPart>
  readonly triggers: readonly WitnessedTrigger[]
  /** Stretches in which something had been done to the line or the station, so that a trigger may have gone unheard. */
  readonly disturbances: readonly (readonly [fromMs: number, toMs: number])[]
  /** The station's counters as the PLC read them last; null where there are none. */
  readonly counts: StationCounts | null
  hear(event: LineEvent): void
  disturb(fromMs: number, toMs: number): void
}

export function openWitness(role: JudgeRole): Witness {
  const parts = new Map<number, WitnessedPart>()
  const triggers: WitnessedTrigger[] = []
  const disturbances: (readonly [number, number])[] = []
  let counts: StationCounts | null = null
  return {
    parts, triggers, disturbances,
    get counts() { return counts },
    disturb: (fromMs, toMs) => { disturbances.push([fromMs, toMs]) },
    hear(event) {
      switch (event.kind) {
        case 'triggered':
          triggers.push({ part: event.part, triggerNumber: event.triggerNumber, isBounce: event.isBounce, atMs: event.monotonicMs, isShown: role === 'client' ? false : null, partId: null, verdict: null })
          if (!event.isBounce) parts.set(event.part, { part: event.part, isDefective: event.isDefective, isUnseen: false, leftBy: null, leftMs: null })
          break
        case 'unseen':
          parts.set(event.part, { part: event.part, isDefective: event.isDefective, isUnseen: true, leftBy: null, leftMs: null })
          break
        case 'left': {
          const left = parts.get(event.part)
          if (left) [left.leftBy, left.leftMs] = [event.by, event.monotonicMs]
          break
        }
        case 'answered': {
          const asked = triggers.findLast((one) => one.part === event.part && one.verdict === null)
          if (asked) [asked.verdict, asked.partId] = [event.verdict, String(event.partId)]
          break
        }
        case 'shown': {
          const shown = triggers.at(event.triggerNumber - 1)
          if (shown) shown.isShown = true
          break
        }
        case 'counted':
          counts = event
          break
        case 'output':
        case 'fault':
        case 'connections':
          break
      }
    },
  }
}

import type { ScopePart } from '../../client/stationClient.ts'

export const laneNames = ['trigger', 'busy', 'result', 'reject', 'confirm'] as const
export type LaneName = (typeof laneNames)[number]

/** A signal that is high from one time to another; `toMs` null: a moment, drawn as a line. */
export interface High {
  readonly fromMs: number
  readonly toMs: number | null
}

/** When each signal of a part was high, in ms after its trigger; null: not yet, or never. */
export function highsOf({ decidedMs, acknowledgedMs, onMs, offMs, confirmedMs }: ScopePart): Readonly<Record<LaneName, High | null>> {
  return {
    trigger: { fromMs: 0, toMs: null },
    busy: decidedMs === null ? null : { fromMs: 0, toMs: decidedMs },
    result: decidedMs === null ? null : { fromMs: decidedMs, toMs: acknowledgedMs },
    reject: onMs === null ? null : { fromMs: onMs, toMs: offMs },
    confirm: confirmedMs === null ? null : { fromMs: confirmedMs, toMs: null },
  }
}

const steps = [1, 2, 5]

/** A round end of the time axis that all parts fit below, and the distance of its ticks: about eight of them. */
export function axisOf(parts: readonly ScopePart[]): { readonly endMs: number; readonly tickMs: number } {
  const latest = Math.max(10, ...parts.flatMap(({ decidedMs, acknowledgedMs, offMs, confirmedMs, planned }) => [decidedMs, acknowledgedMs, offMs, confirmedMs, planned?.offMs ?? null].filter((ms) => ms !== null)))
  const rough = (latest * 1.05) / 8
  const power = 10 ** Math.floor(Math.log10(rough))
  const tickMs = (steps.find((step) => step * power >= rough) ?? 10) * power
  return { endMs: Math.ceil((latest * 1.02) / tickMs) * tickMs, tickMs }
}

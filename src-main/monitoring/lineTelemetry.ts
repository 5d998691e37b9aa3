import type { ClosedInspection, OutputReceipt } from '../domain/inspection.ts'

export interface Percentiles {
  readonly p50: number
  readonly p99: number
  readonly n: number
}

/** What the console shows of the last parts. Reads inspections, steers nothing. */
export interface LineTelemetry {
  /** Newest first, at most `keep`. */
  readonly recent: readonly ClosedInspection[]
  readonly decisionMs: Percentiles | null
  /** Pulses given since the program started, per coil; whether each agreed stands in its receipt. */
  readonly pulses: ReadonlyMap<number, number>
  add(inspection: ClosedInspection): void
  /** The same inspection again, now with its receipt. */
  close(inspection: ClosedInspection): void
}

export function createLineTelemetry(keep = 12, window = 500): LineTelemetry {
  let recent: readonly ClosedInspection[] = []
  let decisions: readonly number[] = []
  const pulses = new Map<number, number>()
  return {
    get recent() { return recent },
    get decisionMs() { return percentilesOf(decisions) },
    pulses,
    add(inspection) {
      recent = [inspection, ...recent].slice(0, keep)
      const { decision } = inspection.timingsMs
      if (decision !== undefined) decisions = [...decisions, decision].slice(-window)
    },
    close(inspection) {
      recent = recent.map((one) => (one.resultId === inspection.resultId ? inspection : one))
      if (inspection.receipt) countPulse(inspection.receipt, pulses)
    },
  }
}

function countPulse(receipt: OutputReceipt, pulses: Map<number, number>): void {
  if (receipt.coil !== null && receipt.onMs !== null) pulses.set(receipt.coil, (pulses.get(receipt.coil) ?? 0) + 1)
}

/** Nearest-rank percentiles; null of nothing. */
export function percentilesOf(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
  return { p50: rank(0.5), p99: rank(0.99), n: sorted.length }
}

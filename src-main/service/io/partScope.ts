import type { Fault } from '../../domain/fault.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { OutputOrder, TrackedPart } from '../../domain/lineSignals.ts'
import type { OutputName } from '../../domain/recipe.ts'
import type { Outcome } from '../../domain/verdict.ts'
import type { LineTiming } from '../../station/lineBudget.ts'
import { latencyFigures, type LatencyFigures } from './latencyFigures.ts'

/** One part on the time axis of the scope. Times are ms after its trigger, or after its picture where nobody tells the edge; null: not yet, or never. */
export interface ScopePart {
  readonly number: number
  readonly partId: string | null
  readonly hasTrigger: boolean
  readonly output: OutputName | null
  readonly outcome: Outcome | null
  readonly decidedMs: number | null
  /** As the line asks for it; null where it counts in encoder steps. */
  readonly planned: { readonly onMs: number; readonly offMs: number } | null
  readonly onMs: number | null
  readonly offMs: number | null
  readonly acknowledgedMs: number | null
  readonly confirmedMs: number | null
  readonly fault: Fault | null
}

export interface PartScope {
  /** Newest first, at most 20. */
  readonly parts: readonly ScopePart[]
  /** Trigger to decision, over the last 2,000 parts. */
  readonly decisionMs: LatencyFigures | null
  /** Decision to acknowledged result or to the coil less its delay. */
  readonly outputMs: LatencyFigures | null
  /** For the time budget; null before any part. A decision after the deadline is published by nobody. */
  timing(deadlineMs: number): LineTiming | null
  track(part: TrackedPart): void
  order(order: OutputOrder): void
  receive(order: OutputOrder, receipt: OutputReceipt): void
  /** Another recipe: what was measured before says nothing about it. */
  forget(): void
}

const shown = 20
const remembered = 2_000

/** Fired by hand, by a test of the wiring, or without a picture: it says nothing about how long a decision takes. */
const isUndecided = ({ outcome, processMs }: OutputOrder): boolean => outcome === null && processMs === 0

/** What the scope and the time budget know of the last parts, from what crosses the PLC port alone. */
export function partScope(): PartScope {
  let number = 0
  let parts: readonly ScopePart[] = []
  let decisions: readonly number[] = []
  let outputs: readonly number[] = []
  let errors: readonly number[] = []
  const numbers = new Map<TrackedPart | OutputOrder, number>()
  const remember = (values: readonly number[], value: number): readonly number[] => [...values, value].slice(-remembered)

  function put(part: ScopePart): void {
    const isKnown = parts.some((one) => one.number === part.number)
    parts = isKnown ? parts.map((one) => (one.number === part.number ? part : one)) : [part, ...parts].slice(0, shown)
  }
  const begun = (part: TrackedPart | null): ScopePart => ({
    number: ++number, partId: part?.partId ?? null, hasTrigger: part !== null, output: null, outcome: null, decidedMs: null,
    planned: null, onMs: null, offMs: null, acknowledgedMs: null, confirmedMs: null, fault: null,
  })

  return {
    get parts() { return parts },
    get decisionMs() { return latencyFigures(decisions) },
    get outputMs() { return latencyFigures(outputs) },
    timing(deadlineMs) {
      const decided = latencyFigures(decisions)
      if (!decided) return null
      return {
        source: 'parts', n: decided.n, timingErrorMs: latencyFigures(errors)?.p999 ?? 0,
        fastestDecisionMs: Math.min(decided.histogram.fromMs, deadlineMs), slowestDecisionMs: Math.min(decided.p999, deadlineMs),
      }
    },
    track(part) {
      const entry = begun(part)
      numbers.set(part, entry.number)
      put(entry)
    },
    order(order) {
      const { part, askedMs, line, output, outcome } = order
      const startMs = startOf(order)
      const tracked = part && parts.find((one) => one.number === numbers.get(part) && one.decidedMs === null)
      if (part) numbers.delete(part)
      const entry = tracked ?? begun(part)
      numbers.set(order, entry.number)
      if (!isUndecided(order)) decisions = remember(decisions, askedMs - startMs)
      const onMs = line && !line.counts ? plannedStart(order, line) - startMs : null
      put({ ...entry, output, outcome, decidedMs: askedMs - startMs, planned: onMs === null || !line ? null : { onMs, offMs: onMs + line.pulseMs } })
    },
    receive(order, { onMs, offMs, acknowledgedMs, confirmedMs, fault }) {
      const startMs = startOf(order)
      const since = (ms: number | null | undefined): number | null => (ms === null || ms === undefined ? null : ms - startMs)
      const entry = parts.find((one) => one.number === numbers.get(order))
      numbers.delete(order)
      const done = { onMs: since(onMs), offMs: since(offMs), acknowledgedMs: since(acknowledgedMs), confirmedMs: since(confirmedMs), fault }
      if (entry) put({ ...entry, ...done })
      const reactedMs = acknowledgedMs ?? (onMs !== null && order.line && !order.line.counts ? onMs - order.line.delayMs : null)
      if (reactedMs !== null && order.line?.delayFrom !== 'trigger') outputs = remember(outputs, reactedMs - order.askedMs)
      if (!order.line || order.line.counts || onMs === null) return
      errors = remember(errors, Math.abs(onMs - plannedStart(order, order.line)))
      if (offMs !== null) errors = remember(errors, Math.abs(offMs - onMs - order.line.pulseMs))
    },
    forget() { decisions = outputs = errors = [] },
  }
}

const startOf = ({ part, askedMs, processMs }: OutputOrder): number => part?.edgeMs ?? askedMs - processMs

const plannedStart = ({ part, askedMs }: OutputOrder, line: NonNullable<OutputOrder['line']>): number =>
  (line.delayFrom === 'trigger' && part ? part.edgeMs : askedMs) + line.delayMs

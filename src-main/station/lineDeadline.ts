import { fault, type Fault } from '../domain/fault.ts'
import type { OutputReceipt } from '../domain/inspection.ts'
import type { ArrivedPart, Line } from './line.ts'
import { noDecision, publish } from './publish.ts'

/** One part's time, and the one place that tells the line of it: whoever comes first, the result or the deadline. */
export interface LineDeadline {
  /** station/late; asks the clock, so that a loop that was held up cannot overlook it. Null: there is still time. */
  passed(): Fault | null
  /** Drives, unless the deadline has rejected the part already; then the receipt is that rejection's. */
  settle(drive: () => Promise<OutputReceipt>): Promise<OutputReceipt>
  /** This part is not told to the line at all. */
  drop(): void
}

/** Counts from the trigger's edge. At the deadline the part is rejected, whatever is still being computed; a recipe without a line has none. */
export function startDeadline(line: Line, arrived: ArrivedPart): LineDeadline {
  const { clock, recipe } = line
  const limit = recipe.line?.deadlineMs ?? Infinity
  const ended = new AbortController()
  let late: { readonly why: Fault; readonly receipt: Promise<OutputReceipt> } | undefined

  function passed(): Fault | null {
    const measured = clock.monotonicMs() - arrived.part.edgeMs
    if (!late && measured > limit && !ended.signal.aborted) {
      const why = fault('station/late', `no result ${limit} ms after the trigger`, { measured, limit })
      late = { why, receipt: publish(line, arrived, noDecision(why)).then((receipt) => ({ ...receipt, fault: receipt.fault ?? why })) }
      // Whoever handles the part awaits it, but perhaps much later.
      late.receipt.catch(() => undefined)
    }
    return late?.why ?? null
  }

  async function watch(): Promise<void> {
    while (!late && !ended.signal.aborted) {
      await clock.sleep(Math.max(1, arrived.part.edgeMs + limit - clock.monotonicMs()), ended.signal)
      passed()
    }
  }
  if (Number.isFinite(limit)) void watch()

  return {
    passed,
    settle(drive) {
      passed()
      ended.abort()
      return late?.receipt ?? drive()
    },
    drop: () => { ended.abort() },
  }
}

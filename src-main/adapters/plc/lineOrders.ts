import { fault, type Fault } from '../../domain/fault.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { OutputOrder, TrackedPart } from '../../domain/lineSignals.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineWiring } from '../../ports/plc.ts'
import type { BeltEncoder } from './beltEncoder.ts'
import { countsFromTrigger, outputSpan } from './outputSpan.ts'
import type { GivenPulse, PulseLane, PulseSpan } from './pulseLane.ts'
import type { RejectConfirmation } from './rejectConfirmation.ts'
import { trackedParts } from './trackedParts.ts'

export interface GivenReject {
  readonly pulse: GivenPulse
  /** When the line said that the part is out; null when it did not, undefined where nobody confirms or no pulse was given. */
  readonly confirmed: Promise<number | null | undefined>
}

export interface LineOrders {
  /** The part is a reject until its own order comes; see `PlcPort.track`. Without an ejector point that its trigger determines nothing waits. */
  track(part: TrackedPart): void
  /** See `PlcPort.drive`. */
  drive(order: OutputOrder): Promise<OutputReceipt>
  /** What was tracked is forgotten, and nothing is confirmed any more. Pulses are for `PulseLane.cancel`. */
  forget(): void
}

/** What becomes of the orders for the parts of one wiring. */
export function lineOrders({ outputs, line: settings }: LineWiring, pulses: PulseLane, encoder: BeltEncoder | undefined, confirmation: RejectConfirmation | undefined, clock: ClockPort): LineOrders {
  const tracked = countsFromTrigger(outputs.reject) ? trackedParts((part) => giveReject(outputSpan(outputs.reject, part, part.edgeMs, encoder))) : undefined

  function giveReject(span: PulseSpan): GivenReject {
    const pulse = pulses.give(span)
    return { pulse, confirmed: pulse.begun.then((atMs) => (atMs === null ? undefined : confirmation?.rejected(Math.max(atMs, span.dueMs())))) }
  }

  const isPastDeadline = (part: TrackedPart): boolean => settings !== undefined && clock.monotonicMs() - part.edgeMs > settings.deadlineMs

  async function rejectReceipt(order: OutputOrder, { pulse, confirmed }: GivenReject, trouble: Fault | null): Promise<OutputReceipt> {
    const ended = await pulse.ended
    const confirmedMs = await confirmed
    return { ...headOf(order), ...ended, fault: ended.fault ?? trouble, ...(confirmedMs !== undefined && { confirmedMs }) }
  }

  return {
    track: (part) => tracked?.track(part),
    async drive(order) {
      const { output, line, part, askedMs } = order
      const late = fault('station/late', 'the decision came after the deadline, or after the part had reached its ejector')
      if (output === 'accept' && part && isPastDeadline(part)) return notMoved(order, late)
      const ruling = tracked?.rule(order) ?? { kind: 'free' }
      if (ruling.kind === 'gone' && output !== 'reject') return notMoved(order, (await ruling.reject.pulse.ended).fault ?? late)
      if (ruling.kind === 'gone') return rejectReceipt(order, ruling.reject, late)
      if (ruling.kind === 'tracked') return rejectReceipt(order, ruling.reject, null)
      if (output === 'accept') confirmation?.accepted(outputSpan(outputs.reject, part, askedMs, encoder).dueMs)
      if (!line) return { ...headOf(order), onMs: null, offMs: null, readBack: 'notWired', fault: null }
      const span = outputSpan(line, part, askedMs, encoder)
      if (output === 'reject') return rejectReceipt(order, giveReject(span), null)
      return { ...headOf(order), ...(await pulses.give(span).ended) }
    },
    forget() {
      tracked?.forget()
      confirmation?.cancel()
    },
  }
}

const headOf = ({ output, line, askedMs }: OutputOrder): Pick<OutputReceipt, 'output' | 'coil' | 'delayMs' | 'pulseMs' | 'askedMs'> =>
  ({ output, coil: line?.coil ?? null, delayMs: line?.delayMs ?? 0, pulseMs: line?.pulseMs ?? 0, askedMs })

/** Nothing was switched for this order. */
export const notMoved = (order: OutputOrder, why: Fault): OutputReceipt =>
  ({ ...headOf(order), onMs: null, offMs: null, readBack: order.line ? 'unknown' : 'notWired', fault: why })

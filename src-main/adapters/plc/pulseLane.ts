import { fault, type Fault } from '../../domain/fault.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { BeltFacts } from '../../domain/lineSettings.ts'
import type { OutputLine } from '../../domain/recipe.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CheckedCoils, CoilStep } from './checkedCoils.ts'

/**
 * Where nothing is known of the belt, a pulse that would start later than this is not given: by then it may hit the next part. A busy
 * computer is late by some tens of milliseconds; a pulse that had to wait for a request without answer is later than this.
 */
const longestLateMs = 250

/** How late a pulse may start and still hit its own part, which owns half a pitch of the belt behind its middle. */
export const maxLateMs = (belt: Pick<BeltFacts, 'beltSpeedMmPerS' | 'partPitchMm'> | undefined): number =>
  belt ? Math.min(longestLateMs, (1_000 * belt.partPitchMm) / belt.beltSpeedMmPerS / 2) : longestLateMs

/** Node's timers count whole milliseconds; what an ordinary clock leaves below this would cost a whole one more. */
const nearEnoughMs = 0.5

export type PulseResult = Pick<OutputReceipt, 'onMs' | 'offMs' | 'readBack' | 'fault'>

/** When a pulse is to start and to end. Times may be estimates of a moving belt, and are then asked for again and again. */
export interface PulseSpan {
  readonly coil: number
  /** Infinity: not foreseeable. Once reached it lies in the past and stays there. */
  dueMs(): number
  /** For a pulse that went on at this time. */
  endMs(onMs: number): number
  /** How soon an estimate is worth asking for again; Infinity where the times are fixed. */
  readonly reviseMs: number
}

/** `startMs` is monotonic. */
export const timedSpan = ({ coil, pulseMs }: Pick<OutputLine, 'coil' | 'pulseMs'>, startMs: number): PulseSpan =>
  ({ coil, dueMs: () => startMs, endMs: (onMs) => onMs + pulseMs, reviseMs: Infinity })

/** A pulse on its way. `begun` resolves with when the coil was written on, or null when it was not; it never rejects. */
export interface GivenPulse {
  readonly begun: Promise<number | null>
  readonly ended: Promise<PulseResult>
  /** It is still waiting for its time. */
  isToCome(): boolean
  /** It is not given, if it is still to come. */
  cancel(reason: Fault): void
}

export interface PulseLane {
  /** See `PlcPort.drive`. The width counts from when the coil went on, so a late start never shortens a pulse. */
  give(span: PulseSpan): GivenPulse
  /** When the next pulse is to begin or to end, as far as that is known; Infinity: none is. */
  nextMs(): number
  /** Ends every pulse that is on, and leaves those that wait for their time. */
  cut(reason: Fault): void
  /** Cancels the pulses that wait for their time, and resolves when those that are on have been written off. */
  cancel(reason: Fault): Promise<void>
}

interface Pulse {
  /** The latest of those that share it ends it. */
  readonly spans: PulseSpan[]
  /** -Infinity before it is on. */
  endMs: () => number
  readonly stop: Stop
  readonly begun: Promise<number | null>
  readonly ended: Promise<PulseResult>
}

/** Ends a wait early and remembers why. */
interface Stop {
  reason: Fault | null
  readonly abort: AbortController
}

export interface PulseLaneParts {
  readonly coils: CheckedCoils
  readonly clock: ClockPort
  /** Ends the waits that have to end on time. */
  readonly pulseClock: ClockPort
  /** Why there is no connection, or null when there is one. */
  readonly lost: () => Fault | null
  /** `maxLateMs` of the line as it is wired. */
  readonly mayBeLateMs: () => number
}

export function pulseLane({ coils, clock, pulseClock, lost, mayBeLateMs }: PulseLaneParts): PulseLane {
  const waiting = new Map<Stop, PulseSpan>()
  const pulses = new Map<number, Pulse>()

  async function sleepUntil(dueMs: () => number, reviseMs: () => number, { abort: { signal } }: Stop): Promise<void> {
    for (let leftMs = dueMs() - clock.monotonicMs(); leftMs > nearEnoughMs && !signal.aborted; leftMs = dueMs() - clock.monotonicMs())
      await (leftMs > reviseMs() ? clock.sleep(reviseMs(), signal) : pulseClock.sleep(leftMs, signal))
  }

  function begin(span: PulseSpan): Pulse {
    const { coil } = span
    const stop = newStop()
    const spans = [span]
    const on = Promise.resolve().then(() => coils.set(coil, true, () => stop.reason ?? tooLate(clock.monotonicMs() - span.dueMs(), mayBeLateMs())))
    const run = async (): Promise<PulseResult> => {
      const { atMs, ...begun } = await on
      if (atMs !== null) {
        pulse.endMs = () => Math.max(...spans.map((one) => one.endMs(atMs)))
        await sleepUntil(pulse.endMs, () => Math.min(...spans.map((one) => one.reviseMs)), stop)
      }
      // From here on a new pulse of this coil is one of its own: the write below is already under way.
      pulses.delete(coil)
      const off = await coils.set(coil, false)
      return { onMs: atMs, offMs: off.atMs, readBack: worse(begun.readBack, off.readBack), fault: begun.fault ?? stop.reason ?? off.fault }
    }
    const pulse: Pulse = { spans, endMs: () => -Infinity, stop, begun: on.then(({ atMs }) => atMs), ended: run() }
    pulses.set(coil, pulse)
    return pulse
  }

  async function wait(span: PulseSpan, stop: Stop): Promise<Pulse | Fault> {
    waiting.set(stop, span)
    if (!lost()) await sleepUntil(() => span.dueMs(), () => span.reviseMs, stop)
    waiting.delete(stop)
    const reason = stop.reason ?? lost()
    if (reason) return reason
    const running = pulses.get(span.coil)
    if (!running) return begin(span)
    // It is on already: its width counts from when it was due.
    running.spans.push({ ...span, endMs: () => span.endMs(span.dueMs()) })
    return running
  }

  function give(span: PulseSpan): GivenPulse {
    const stop = newStop()
    const pulse = wait(span, stop)
    return {
      begun: pulse.then((given) => ('code' in given ? null : given.begun)),
      ended: pulse.then((given) => ('code' in given ? { onMs: null, offMs: null, readBack: 'unknown', fault: given } : given.ended)),
      isToCome: () => waiting.has(stop),
      cancel: (reason) => { if (waiting.has(stop)) end(stop, reason) },
    }
  }

  const cut = (reason: Fault): void => { for (const { stop } of pulses.values()) end(stop, reason) }

  return {
    give,
    nextMs() {
      const nowMs = clock.monotonicMs()
      const moments = [...[...waiting.values()].map((span) => span.dueMs()), ...[...pulses.values()].map((pulse) => pulse.endMs())]
      return Math.min(...moments.filter((ms) => ms >= nowMs))
    },
    cut,
    async cancel(reason) {
      for (const stop of waiting.keys()) end(stop, reason)
      const ending = [...pulses.values()].map((pulse) => pulse.ended)
      cut(reason)
      await Promise.all(ending)
    },
  }
}

const newStop = (): Stop => ({ reason: null, abort: new AbortController() })

function end(stop: Stop, reason: Fault): void {
  stop.reason ??= reason
  stop.abort.abort()
}

function tooLate(lateMs: number, limit: number): Fault | null {
  if (lateMs <= limit) return null
  const figures = Number.isFinite(lateMs) ? { measured: lateMs, limit } : {}
  return fault('plc/timeout', 'the pulse could not start in time, or its place on the belt is not known, and it was not given', figures)
}

function worse(...both: CoilStep['readBack'][]): CoilStep['readBack'] {
  return both.includes('disagrees') ? 'disagrees' : both.includes('unknown') ? 'unknown' : 'agrees'
}

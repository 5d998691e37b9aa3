import { fault, type Fault } from '../../domain/fault.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { LineSettings } from '../../domain/lineSettings.ts'
import type { StationStatus, TrackedPart } from '../../domain/lineSignals.ts'
import type { OutputLine } from '../../domain/recipe.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { PlcPort } from '../../ports/plc.ts'
import { decisionAllowanceMs } from '../../station/lineBudget.ts'
import type { ReportProgress } from '../jobs.ts'
import { latencyFigures, type LatencyFigures } from './latencyFigures.ts'

/** `handshake`: trigger, result, acknowledgement. `triggerToPulse`: a discrete input, then the reject. `pulse`: nobody triggers but the test. */
export type LoopKind = 'handshake' | 'triggerToPulse' | 'pulse'

/** `noTrigger`: the line stands still, or its trigger does not arrive. `failed`: a loop has a fault of its own. `tooSlow`: they leave the decision no time. */
export type LoopTrouble = 'cancelled' | 'noTrigger' | 'failed' | 'tooSlow'

export interface Loop {
  /** Trigger (`pulse`: the call) to acknowledged result, or to the coil less its delay. */
  readonly latencyMs: number | null
  /** How far start and width were from what was asked for, whichever was worse. */
  readonly timingErrorMs: number | null
  readonly fault: Fault | null
}

export interface LoopReport {
  readonly kind: LoopKind
  readonly wanted: number
  readonly loops: readonly Loop[]
  readonly done: number
  readonly latencyMs: LatencyFigures | null
  readonly timingErrorMs: number
  /** What one decision takes besides, as far as it is known. */
  readonly decisionMs: number
  /** What the line allows for both; null: it says nothing. */
  readonly allowedMs: number | null
  /** null: passed. */
  readonly trouble: LoopTrouble | null
}

export interface LoopLine {
  readonly plc: PlcPort
  readonly reject: OutputLine
  readonly settings: LineSettings | undefined
  readonly decisionMs: number
}

export const wantedLoops = 20
const triggerPatienceMs = 10_000
const tellEveryMs = 100

export const loopKindOf = (settings: LineSettings | undefined): LoopKind =>
  settings?.trigger.kind === 'plc' ? 'handshake' : settings?.trigger.kind === 'input' ? 'triggerToPulse' : 'pulse'

/**
 * Twenty times the way of a part without its picture: trigger, no decision, reject. Passes when all came to their end and the slowest
 * in a hundred leaves the decision its time. Ends at the first trigger that does not come, and when the signal is aborted.
 */
export async function runLoops(line: LoopLine, clock: ClockPort, report: ReportProgress, signal: AbortSignal): Promise<LoopReport> {
  const kind = loopKindOf(line.settings)
  const ended = new AbortController()
  const triggers = kind === 'pulse' ? undefined : hearTriggers(line.plc, clock)
  void keepReady(line.plc, clock, ended.signal)
  const loops: Loop[] = []
  let trouble: LoopTrouble | null = null
  while (loops.length < wantedLoops && !trouble) {
    const part = triggers ? await triggers.next(signal) : null
    if (signal.aborted) trouble = 'cancelled'
    else if (triggers && !part) trouble = 'noTrigger'
    else loops.push(await runLoop(line, part, clock))
    report({ done: loops.length / wantedLoops, stage: 'loops' })
  }
  ended.abort()
  triggers?.stop()
  return reportOf(kind, trouble, loops, line)
}

async function runLoop({ plc, reject, settings }: LoopLine, part: TrackedPart | null, clock: ClockPort): Promise<Loop> {
  if (part) plc.track(part)
  const askedMs = clock.monotonicMs()
  const receipt = await plc.drive({ output: 'reject', line: reject, part, askedMs, outcome: null, defectClass: 0, processMs: 0 })
  const fromMs = reject.delayFrom === 'trigger' && part ? part.edgeMs : askedMs
  const isHandshake = settings?.trigger.kind === 'plc'
  const reactedMs = isHandshake ? (receipt.acknowledgedMs ?? null) : receipt.onMs === null ? null : askedMs + receipt.onMs - fromMs - reject.delayMs
  return {
    latencyMs: reactedMs === null ? null : reactedMs - (part?.edgeMs ?? askedMs),
    timingErrorMs: isHandshake || reject.counts ? null : timingErrorOf(receipt, fromMs + reject.delayMs, reject.pulseMs),
    fault: receipt.fault ?? (isHandshake || receipt.readBack === 'agrees' ? null : fault('plc/noReadback', `the coil's read-back ${receipt.readBack}`)),
  }
}

function timingErrorOf({ onMs, offMs }: OutputReceipt, plannedMs: number, pulseMs: number): number | null {
  if (onMs === null) return null
  return Math.max(Math.abs(onMs - plannedMs), offMs === null ? 0 : Math.abs(offMs - onMs - pulseMs))
}

function reportOf(kind: LoopKind, ended: LoopTrouble | null, loops: readonly Loop[], { settings, reject, decisionMs }: LoopLine): LoopReport {
  const done = loops.filter((loop) => loop.fault === null && loop.latencyMs !== null)
  const latencyMs = latencyFigures(done.map((loop) => loop.latencyMs!))
  const allowedMs = settings ? decisionAllowanceMs(settings, reject) : null
  const isInTime = latencyMs !== null && (allowedMs === null || latencyMs.p99 + decisionMs <= allowedMs)
  return {
    kind, wanted: wantedLoops, loops, done: done.length, latencyMs, decisionMs, allowedMs,
    timingErrorMs: Math.max(0, ...done.map((loop) => loop.timingErrorMs ?? 0)),
    trouble: ended ?? (done.length < wantedLoops ? 'failed' : isInTime ? null : 'tooSlow'),
  }
}

/** Triggers that came while a loop was under way wait for the next one: the line need not be told to go slowly. */
function hearTriggers(plc: PlcPort, clock: ClockPort): { next(signal: AbortSignal): Promise<TrackedPart | null>; stop(): void } {
  const waiting: TrackedPart[] = []
  let wake = (): void => undefined
  const stop = plc.onInput((input) => {
    if (input.kind !== 'triggered') return
    waiting.push(input.part)
    wake()
  })
  return {
    stop,
    async next(signal) {
      if (waiting.length === 0) {
        const heard = new AbortController()
        wake = () => { heard.abort() }
        await clock.sleep(triggerPatienceMs, AbortSignal.any([heard.signal, signal]))
      }
      return waiting.shift() ?? null
    },
  }
}

const rehearsing: StationStatus = {
  state: 'ready', fault: null, stopRequested: false, evidenceDegraded: false, isRecipeOk: true, isSimulated: false, recipeNumber: 0, settingsFingerprint: 0, bootId: 0, ledgerRoot: 0,
  counters: { triggers: 0, passes: 0, rejects: 0, noDecisions: 0, missed: 0, late: 0, overrun: 0 },
}

/** A PLC triggers nobody who does not say that it is ready. */
async function keepReady(plc: PlcPort, clock: ClockPort, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    plc.tell({ ...rehearsing, isSimulated: plc.isSimulated })
    await clock.sleep(tellEveryMs, signal)
  }
  plc.tell({ ...rehearsing, state: 'offline', isSimulated: plc.isSimulated })
}

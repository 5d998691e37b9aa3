import { fault } from '../../../domain/fault.ts'
import type { LineInput, OutputOrder, TrackedPart } from '../../../domain/lineSignals.ts'
import type { ClockPort } from '../../../ports/clock.ts'
import { longestDeadlineMs, newHandshake, type Handshake, type Settlement } from './handshakeState.ts'
import { nextDueMs, nextHandshake, type HandshakeNews } from './nextHandshake.ts'

/** The handshake in time: it wakes when something is due, and follows the effects. */
export interface RunningHandshake {
  /** As it was when something last happened. */
  readonly state: Handshake
  /** As it is now, however late the timers are. */
  now(): Handshake
  apply(news: HandshakeNews): void
  /** Tells the PLC of one part; resolves when it has taken the result and, where somebody looks, the part has left. Always bounded. */
  order(order: OutputOrder, part: TrackedPart): Promise<Settlement>
}

/** `onHeard` gets what the line says, `onChange` is called after every change. */
export function runHandshake(clock: ClockPort, onHeard: (input: LineInput) => void, onChange: () => void): RunningHandshake {
  const ordered = new Map<number, (settlement: Settlement) => void>()
  let state = newHandshake(clock.monotonicMs(), { deadlineMs: longestDeadlineMs, confirmWithinMs: null })
  let waking: { readonly dueMs: number; readonly abort: AbortController } | undefined

  function apply(news: HandshakeNews): void {
    const step = nextHandshake(state, { ...news, atMs: clock.monotonicMs() })
    state = step.state
    for (const effect of step.effects) {
      if (effect.kind === 'heard') onHeard(effect.input)
      else ordered.get(effect.triggerNumber)?.(effect.settlement)
    }
    onChange()
    wakeInTime()
  }

  function wakeInTime(): void {
    const dueMs = nextDueMs(state)
    if (dueMs === waking?.dueMs) return
    waking?.abort.abort()
    waking = undefined
    if (dueMs === Infinity) return
    const ours = { dueMs, abort: new AbortController() }
    waking = ours
    void clock.sleep(dueMs - clock.monotonicMs(), ours.abort.signal).then(() => {
      if (waking !== ours) return
      waking = undefined
      apply({ kind: 'time' })
    })
  }

  return {
    get state() { return state },
    now() {
      apply({ kind: 'time' })
      return state
    },
    apply,
    order(order, part) {
      const { triggerNumber } = part
      if (ordered.has(triggerNumber)) return Promise.resolve({ publishedMs: null, acknowledgedMs: null, fault: fault('plc/refused', `trigger ${triggerNumber} has its order already`) })
      return new Promise((resolve) => {
        ordered.set(triggerNumber, (settlement) => {
          ordered.delete(triggerNumber)
          resolve(settlement)
        })
        apply({ kind: 'ordered', order, part })
      })
    },
  }
}

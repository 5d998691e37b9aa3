import { fault } from '../../../domain/fault.ts'
import { controlValue, type HandshakePart, type HandshakeWork } from './handshakeState.ts'
import { controlRegisters } from './registerMap.ts'
import { settleWhenLeft } from './resultQueue.ts'

/** A counter that seems to have grown by more than this has stepped back: the PLC has started anew. */
const largestGrowth = 0x7fff

/** Decided parts that are remembered without being awaited any more; a line without an exit eye never says that its passes have gone. */
const rememberedParts = 128

/**
 * What the eye counters say now, against the parts on the belt; `before` are registers 0–6 as they were. Parts keep their order on the
 * belt: whatever passes the exit is the first that has not left, and each fall past the reject eye the first reject still awaited.
 */
export function watchEyes(work: HandshakeWork, before: readonly number[]): void {
  const { state, effects } = work
  if (state.limits.confirmWithinMs === null) return
  const growth = (eye: 'rejectEyeCount' | 'exitEyeCount'): number => (controlValue(state, eye) - before[controlRegisters[eye]]!) & 0xffff
  const [rejects, exits] = [growth('rejectEyeCount'), growth('exitEyeCount')]
  if (Math.max(rejects, exits) > largestGrowth) {
    outOfStep(work, 'an eye counter of the PLC has stepped back')
    return
  }
  let isUnexpected = false
  for (let n = 0; n < rejects && !isUnexpected; n++) {
    const fallen = state.parts.find(isAwaitedReject)
    if (fallen) leave(work, fallen, 'seen')
    else isUnexpected = true
  }
  if (isUnexpected) effects.push({ kind: 'heard', input: { kind: 'unexpectedRemoval', atMs: state.nowMs } })
  for (let n = 0; n < exits; n++) {
    const first = state.parts.find((part) => part.leaving === 'awaited' && part.result !== null)
    if (!first) break
    leave(work, first, first.result === 'pass' ? 'seen' : 'missing')
  }
}

/** Rejects that nobody saw fall in time. */
export function missRemovals(work: HandshakeWork): void {
  for (const part of work.state.parts) if (work.state.nowMs >= removalDueMs(work.state, part)) leave(work, part, 'missing')
}

/** When a reject must have been seen; Infinity for a part of which nobody expects it. */
export function removalDueMs({ limits }: HandshakeWork['state'], part: HandshakePart): number {
  return isAwaitedReject(part) && limits.confirmWithinMs !== null ? (part.acknowledgedMs ?? part.deadlineAtMs) + limits.confirmWithinMs : Infinity
}

/** Ids or counters that do not follow one another: which part is where is not sure. */
export function outOfStep({ state, effects }: HandshakeWork, why: string): void {
  state.counts.outOfStep++
  effects.push({ kind: 'heard', input: { kind: 'outOfStep', fault: fault('trigger/outOfStep', why) } })
}

/** Parts of which nothing more is to be heard or said. */
export function forgetParts({ state }: HandshakeWork): void {
  const isOver = (part: HandshakePart): boolean => part.isSettled && part.leaving !== 'awaited' && !state.queue.includes(part.triggerNumber)
  state.parts = state.parts.filter((part) => !isOver(part))
  const isIdle = (part: HandshakePart): boolean => (part.isSettled || !part.order) && part.result !== null && !state.queue.includes(part.triggerNumber)
  let surplus = state.parts.length - rememberedParts
  if (surplus > 0) state.parts = state.parts.filter((part) => !isIdle(part) || surplus-- <= 0)
}

const isAwaitedReject = ({ leaving, result }: HandshakePart): boolean => leaving === 'awaited' && result !== null && result !== 'pass'

function leave(work: HandshakeWork, part: HandshakePart, how: 'seen' | 'missing'): void {
  part.leaving = how
  part.leftMs = work.state.nowMs
  // Its order was answered before: the station has to hear of it in another way.
  if (how === 'missing' && part.isSettled) outOfStep(work, `part ${part.wireId} was no pass, and nobody saw it fall`)
  if (part.acknowledgedMs !== null) settleWhenLeft(work, part)
}

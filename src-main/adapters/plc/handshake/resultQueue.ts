import { fault, type Fault } from '../../../domain/fault.ts'
import type { OutputOrder, TrackedPart } from '../../../domain/lineSignals.ts'
import { isControlSet, isPlcFresh, isStationFresh, shownPart, type Handshake, type HandshakePart, type HandshakeWork } from './handshakeState.ts'
import { plcStaleAfterMs, resultBufferSize, type ResultName } from './registerMap.ts'

export const plcSilent = fault('plc/unreachable', "the PLC's heartbeat stands still")
export const stationSilent = fault('station/interrupted', 'the station was silent')
const notTaken = fault('plc/timeout', 'the PLC had not taken the result in time')
const overrun = fault('plc/timeout', `the PLC has not taken the ${resultBufferSize} results before this one`, { measured: resultBufferSize + 1, limit: resultBufferSize })

/** The station's decision on a part. It is shown when every result before it has been taken. */
export function takeOrder(work: HandshakeWork, order: OutputOrder, { triggerNumber, partId }: TrackedPart): void {
  const { state } = work
  // Numbers begin anew with the process, and a station may count triggers of its own: only both together are this part.
  const part = state.parts.find((one) => one.triggerNumber === triggerNumber && String(one.wireId) === partId)
  if (!part || part.order) {
    const why = part ? fault('plc/refused', `trigger ${triggerNumber} had its order already`) : fault('plc/unreachable', `the handshake knows nothing of trigger ${triggerNumber}, part ${partId ?? 'without id'}`)
    work.effects.push({ kind: 'settled', triggerNumber, settlement: { publishedMs: null, acknowledgedMs: null, fault: why } })
    return
  }
  part.order = order
  part.takenByMs = Math.max(part.deadlineAtMs, state.nowMs + plcStaleAfterMs)
  state.isReadyNews = false
  const out = outage(work)
  if (part.isLate && order.outcome !== null) settle(work, part, late(order, state.nowMs - part.deadlineAtMs), null)
  else if (part.dropped) settle(work, part, part.dropped)
  else if (part.result === null) publish(work, part, resultOf(order, (part.refusal ??= out)))
  if (part.acknowledgedMs !== null) settleWhenLeft(work, part)
  else if (out) settle(work, part, out)
}

/** Puts a result behind those that wait for their ack; the ninth is thrown away and its part stays a reject (Cognex In-Sight: Results Buffer Overrun). */
export function publish(work: HandshakeWork, part: HandshakePart, result: ResultName): void {
  const { state } = work
  state.isExposureDone ||= part.isTaken
  const isFull = state.queue.length >= resultBufferSize
  if (isFull || !isStationFresh(state)) {
    part.result = 'reject'
    part.dropped = isFull ? overrun : stationSilent
    if (isFull) state.counts.overrun++
    state.isOverrunLatched ||= isFull
    settle(work, part, part.dropped)
    return
  }
  part.result = result
  state.queue.push(part.triggerNumber)
  showNext(work)
}

/** The PLC has read what is shown. */
export function acknowledge(work: HandshakeWork): void {
  const { state } = work
  const part = shownPart(state)
  if (!part) return
  part.acknowledgedMs = state.nowMs
  state.queue.shift()
  settleWhenLeft(work, part)
}

/** While an ack is held nothing new is shown: the ack would count for it. */
export function showNext({ state }: HandshakeWork): void {
  if (isControlSet(state, 'resultAck')) return
  const part = state.parts.find((one) => one.triggerNumber === state.queue[0])
  if (part) part.shownMs ??= state.nowMs
}

/** What is undecided, or a pass that was not taken, is no decision any more. Other results stay what they are, and their orders are answered. */
export function passDeadlines(work: HandshakeWork): void {
  const { state } = work
  for (const part of state.parts) {
    if (state.nowMs >= decisionDueMs(state, part)) {
      part.isLate = true
      state.counts.late++
      if (part.result === null) publish(work, part, 'noDecision')
      else {
        part.result = 'noDecision'
        settle(work, part, notTaken)
      }
    }
    if (state.nowMs >= takenDueMs(part)) settle(work, part, notTaken)
  }
}

/** When a part must have had its result, a pass also its ack; Infinity once that is so. */
export const decisionDueMs = ({ queue }: Handshake, part: HandshakePart): number =>
  !part.isLate && (part.result === null || (part.result === 'pass' && queue.includes(part.triggerNumber))) ? part.deadlineAtMs : Infinity

export const takenDueMs = (part: HandshakePart): number => (part.order && !part.isSettled && part.acknowledgedMs === null ? part.takenByMs : Infinity)

/** Nobody can be told at the moment: nothing that waits may pass any more. A PLC that returns reads no decision. */
export function withdrawPasses(work: HandshakeWork, reason: Fault): void {
  for (const part of work.state.parts) {
    if (part.acknowledgedMs !== null) continue
    part.refusal ??= reason
    if (part.result === 'pass') part.result = 'noDecision'
    settle(work, part, reason)
  }
}

/** Drops resultValid and every result that waits. A part still under way may be told, but not as a pass. */
export function withdrawResults(work: HandshakeWork, reason: Fault): void {
  const { state } = work
  withdrawPasses(work, reason)
  for (const part of state.parts) if (state.queue.includes(part.triggerNumber)) part.dropped = reason
  state.queue = []
  state.isReadyNews = false
}

/** Answers the order of a part, once. */
export function settle({ effects }: HandshakeWork, part: HandshakePart, trouble: Fault | null, publishedMs = part.shownMs): void {
  if (part.isSettled || !part.order) return
  part.isSettled = true
  const { triggerNumber, acknowledgedMs, leaving, leftMs } = part
  const confirmation = leaving !== 'unwatched' && part.result !== 'pass' && { confirmedMs: leaving === 'seen' ? leftMs : null }
  effects.push({ kind: 'settled', triggerNumber, settlement: { publishedMs, acknowledgedMs, ...confirmation, fault: trouble } })
}

/** A pass that was taken is told at once, a reject when it has left the belt or should have. */
export function settleWhenLeft(work: HandshakeWork, part: HandshakePart): void {
  if (part.leaving === 'awaited' && part.result !== 'pass') return
  settle(work, part, part.order?.output === 'accept' && part.result !== 'pass' ? part.refusal : null)
}

function resultOf({ output, outcome }: OutputOrder, refusal: Fault | null): ResultName {
  if (outcome === null) return 'noDecision'
  if (output !== 'accept' || outcome !== 'pass') return 'reject'
  return refusal ? 'noDecision' : 'pass'
}

function outage({ state }: HandshakeWork): Fault | null {
  if (!isPlcFresh(state)) return plcSilent
  return isStationFresh(state) ? null : stationSilent
}

const late = ({ output }: OutputOrder, afterMs: number): Fault =>
  fault('station/late', `the decision ${output} came ${afterMs.toFixed(1)} ms after the deadline and was not published`, { measured: afterMs, limit: 0 })

import { fault, type Fault } from '../../../domain/fault.ts'
import type { PartId } from '../../../domain/ids.ts'
import type { LineCommand } from '../../../domain/lineSignals.ts'
import { outOfStep, watchEyes } from './beltWatch.ts'
import { bitOf, controlValue, isControlSet, isHeldByPerson, isReady, type Handshake, type HandshakeWork } from './handshakeState.ts'
import { controlRegisters, nextPartId, type ControlBit } from './registerMap.ts'
import { acknowledge, publish, settle, showNext, withdrawResults } from './resultQueue.ts'

/**
 * The PLC wrote registers 0–6; those it did not write keep their values. One write is one moment: a result-ack in it counts before the
 * eye counters, and all of it before the trigger.
 */
export function takeControl(work: HandshakeWork, start: number, values: readonly number[]): void {
  const { state } = work
  const before = state.control
  const control = before.map((value, register) => values[register - start] ?? value)
  const wasReady = isReady(state)
  if (control[controlRegisters.plcHeartbeat] !== before[controlRegisters.plcHeartbeat]) state.plcHeardMs = state.nowMs
  state.control = control
  const rises = (bit: ControlBit): boolean => bitOf(control[0]!, bit) && !bitOf(before[0]!, bit)
  const changes = (bit: ControlBit): boolean => bitOf(control[0]!, bit) !== bitOf(before[0]!, bit)

  if (rises('enable')) endSession(work, newSession)
  else {
    if (rises('resultAck')) acknowledge(work)
    watchEyes(work, before)
  }
  if (!isControlSet(state, 'trigger')) state.isTriggerAcked = false
  sayLevels(work, changes)
  command(work, rises)
  if (rises('trigger')) takeTrigger(work, wasReady && isControlSet(state, 'enable'))
  showNext(work)
}

/** Whoever comes next has nothing to do with the parts there are: every order is answered, and every id may come first. */
export function endSession(work: HandshakeWork, reason: Fault): void {
  const { state } = work
  withdrawResults(work, reason)
  for (const part of state.parts) settle(work, part, reason)
  state.parts = []
  state.lastWireId = null
}

const newSession = fault('plc/unreachable', 'the PLC began a new session before it was done with the part')

const levels = [['enable', 'enable'], ['offline', 'goOffline'], ['lineRunning', 'lineRunning']] as const

/** What the PLC says of itself, wherever `isNews`; the station hears it whoever is in control. */
export function sayLevels(work: HandshakeWork, isNews: (bit: ControlBit) => boolean): void {
  for (const [bit, name] of levels) if (isNews(bit)) say(work, { name, isOn: isControlSet(work.state, bit) })
}

function command(work: HandshakeWork, rises: (bit: ControlBit) => boolean): void {
  const { state } = work
  const asked: LineCommand[] = []
  if (rises('clearFault')) asked.push({ name: 'clearFault' })
  if (rises('changeRecipe')) asked.push({ name: 'changeRecipe', number: controlValue(state, 'recipeRequested') })
  if (isHeldByPerson(state)) {
    state.counts.ignoredCommands += asked.length
    return
  }
  if (rises('clearFault')) state.isMissedLatched = state.isOverrunLatched = false
  for (const one of asked) say(work, one)
}

const say = ({ effects }: HandshakeWork, asked: LineCommand): void => { effects.push({ kind: 'heard', input: { kind: 'commanded', command: asked } }) }

/** Every trigger becomes a part, and every part a record: one that came at the wrong time is a reject with a record. */
function takeTrigger(work: HandshakeWork, isTaken: boolean): void {
  const { state, effects } = work
  const { limits, nowMs } = state
  const wireId = controlValue(state, 'partId')
  const refusal = refusalOf(state, wireId, isTaken)
  if (refusal?.code === 'trigger/outOfStep') outOfStep(work, refusal.detail)
  const asked = controlValue(state, 'deadlineMs')
  const triggerNumber = ++state.triggers
  state.lastWireId = wireId
  state.parts.push({
    triggerNumber,
    wireId,
    deadlineAtMs: nowMs + (asked === 0 ? limits.deadlineMs : Math.min(asked, limits.deadlineMs)),
    isTaken,
    refusal,
    dropped: null,
    order: null,
    takenByMs: Infinity,
    result: null,
    isLate: false,
    shownMs: null,
    acknowledgedMs: null,
    leaving: limits.confirmWithinMs === null ? 'unwatched' : 'awaited',
    leftMs: null,
    isSettled: false,
  })
  effects.push({
    kind: 'heard',
    input: { kind: 'triggered', part: { partId: String(wireId) as PartId, triggerNumber, edgeMs: nowMs, encoderCount: null, isChallenge: isControlSet(state, 'challengePart') } },
  })
  if (isTaken) {
    state.isTriggerAcked = true
    state.isExposureDone = false
    state.isReadyNews = false
    return
  }
  state.isMissedLatched = true
  state.counts.missed++
  publish(work, state.parts.at(-1)!, 'noDecision')
}

/** Why a part cannot pass, whatever the station finds. */
function refusalOf({ lastWireId }: Handshake, wireId: number, isTaken: boolean): Fault | null {
  if (wireId === 0) return fault('trigger/outOfStep', 'the trigger came with PART_ID 0, which is no part')
  if (wireId === lastWireId) return fault('trigger/outOfStep', `PART_ID ${wireId} came twice`)
  if (lastWireId !== null && wireId !== nextPartId(lastWireId)) return fault('trigger/outOfStep', `PART_ID ${wireId} came after ${lastWireId}`)
  return isTaken ? null : fault('trigger/missed', `the trigger of part ${wireId} came while the station was not ready`)
}

import { fault } from '../../../domain/fault.ts'
import type { OutputOrder, StationStatus, TrackedPart } from '../../../domain/lineSignals.ts'
import { forgetParts, missRemovals, outOfStep, removalDueMs } from './beltWatch.ts'
import { isBusy, isControlSet, isPlcFresh, isStationFresh, type Handshake, type HandshakeDraft, type HandshakeEffect, type HandshakeWork } from './handshakeState.ts'
import { endSession, sayLevels, takeControl } from './plcControl.ts'
import { heartbeatEveryMs, plcStaleAfterMs, stationStaleAfterMs } from './registerMap.ts'
import { decisionDueMs, passDeadlines, plcSilent, showNext, stationSilent, takenDueMs, takeOrder, withdrawPasses, withdrawResults } from './resultQueue.ts'

/** What happens to the handshake. */
export type HandshakeNews =
  /** Nothing but time, which every other news lets go by first. */
  | { readonly kind: 'time' }
  /** Consecutive control registers from `start` on, within 0–6. */
  | { readonly kind: 'written'; readonly start: number; readonly values: readonly number[] }
  /** The connection of the PLC that controls has ended. */
  | { readonly kind: 'controllerLost' }
  | { readonly kind: 'told'; readonly status: StationStatus }
  | { readonly kind: 'ordered'; readonly order: OutputOrder; readonly part: TrackedPart }
  | { readonly kind: 'madeSafe' }
  /** The recipe's line is another one from now on, or none. */
  | { readonly kind: 'opened'; readonly limits: Handshake['limits'] }
  | { readonly kind: 'closed' }

/** `atMs` is monotonic. */
export type HandshakeInput = { readonly atMs: number } & HandshakeNews

export interface HandshakeStep {
  readonly state: Handshake
  readonly effects: readonly HandshakeEffect[]
}

/** The station's heartbeat goes on while the last word of the decision loop is no older than this: it speaks every 100 ms. */
const decisionLoopQuietMs = 2.5 * heartbeatEveryMs

/** Pure: what follows from an input, and what has to be done about it. */
export function nextHandshake(before: Handshake, input: HandshakeInput): HandshakeStep {
  const state: HandshakeDraft = { ...before, parts: before.parts.map((part) => ({ ...part })), queue: [...before.queue], counts: { ...before.counts } }
  const work: HandshakeWork = { state, effects: [] }
  letTimePass(work, input.atMs)
  switch (input.kind) {
    case 'time': break
    case 'told': hearStation(work, input.status); break
    case 'written': takeControl(work, input.start, input.values); break
    case 'controllerLost':
      state.plcHeardMs = null
      withdrawPasses(work, plcSilent)
      break
    case 'ordered': takeOrder(work, input.order, input.part); break
    case 'opened':
      endSession(work, fault('station/interrupted', 'the outputs were opened again'))
      state.limits = input.limits
      sayLevels(work, (bit) => isControlSet(state, bit))
      break
    case 'closed': endSession(work, fault('plc/unreachable', 'the PLC has been closed')); break
    case 'madeSafe': withdrawResults(work, fault('station/interrupted', 'the outputs were made safe')); break
  }
  forgetParts(work)
  return { state, effects: work.effects }
}

/** When time alone changes something next; Infinity: never. */
export function nextDueMs(state: Handshake): number {
  return Math.min(
    state.nextBeatMs,
    isStationFresh(state) ? state.toldMs + stationStaleAfterMs : Infinity,
    isPlcFresh(state) && state.plcHeardMs !== null ? state.plcHeardMs + plcStaleAfterMs : Infinity,
    ...state.parts.map((part) => Math.min(decisionDueMs(state, part), takenDueMs(part), removalDueMs(state, part))),
  )
}

function letTimePass(work: HandshakeWork, atMs: number): void {
  const { state } = work
  state.nowMs = Math.max(state.nowMs, atMs)
  for (; state.nextBeatMs <= state.nowMs; state.nextBeatMs += heartbeatEveryMs) {
    if (state.nextBeatMs - state.toldMs <= decisionLoopQuietMs) state.heartbeat = (state.heartbeat + 1) & 0xffff
  }
  if (!isStationFresh(state)) {
    state.nextBeatMs = Infinity
    withdrawResults(work, stationSilent)
  }
  if (!isPlcFresh(state)) withdrawPasses(work, plcSilent)
  passDeadlines(work)
  missRemovals(work)
  showNext(work)
}

function hearStation(work: HandshakeWork, status: StationStatus): void {
  const { state } = work
  if (state.status && state.status.bootId !== status.bootId) {
    withdrawResults(work, stationSilent)
    outOfStep(work, `BOOT_ID changed from ${state.status.bootId} to ${status.bootId}`)
  }
  state.status = status
  state.toldMs = state.nowMs
  state.isReadyNews = status.state === 'ready'
  if (state.nextBeatMs === Infinity) state.nextBeatMs = state.nowMs + heartbeatEveryMs
  if (isBusy(state) && ['inspecting', 'committing', 'resultValid'].includes(status.state)) state.isExposureDone = true
}

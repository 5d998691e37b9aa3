import type { Fault } from '../../../domain/fault.ts'
import type { LineInput, OutputOrder, StationStatus } from '../../../domain/lineSignals.ts'
import { controlBits, controlRegisterCount, controlRegisters, plcStaleAfterMs, stationStaleAfterMs, type ControlBit, type ControlRegister, type DiagnosticRegister, type ResultName } from './registerMap.ts'

/** One part from its trigger until the PLC has taken its result and, where rejects are confirmed, the part has left the belt. */
export interface HandshakePart {
  /** Counted here, 1 and up. */
  readonly triggerNumber: number
  /** The PLC's PART_ID. */
  readonly wireId: number
  readonly deadlineAtMs: number
  /** The trigger came while READY; a part that came otherwise is decided already. */
  readonly isTaken: boolean
  /** Why this part can never pass. */
  refusal: Fault | null
  /** Why its result left the queue untaken. */
  dropped: Fault | null
  order: OutputOrder | null
  /** When the PLC must have taken what is no pass; a pass has until the part's deadline. */
  takenByMs: number
  /** null: nothing is decided. Never `pass` once the deadline, the PLC or the station has gone. */
  result: ResultName | null
  isLate: boolean
  shownMs: number | null
  acknowledgedMs: number | null
  /** Whether the part has been seen where it had to go; `unwatched` where nobody looks. */
  leaving: 'unwatched' | 'awaited' | 'seen' | 'missing'
  leftMs: number | null
  isSettled: boolean
}

export type HandshakeCount = Exclude<DiagnosticRegister, 'refusedWrites' | 'malformedRequests' | 'refusedConnections' | 'clients'>

/** All of the handshake; one moment of it is what the registers show. Times are monotonic ms. */
export interface HandshakeDraft {
  nowMs: number
  /** What the recipe says; `confirmWithinMs` null: nobody looks whether parts leave. */
  limits: { readonly deadlineMs: number; readonly confirmWithinMs: number | null }
  /** Registers 0–6 as the PLC wrote them. */
  control: number[]
  /** When the PLC's heartbeat changed last; null: it has gone, or never came. */
  plcHeardMs: number | null
  status: StationStatus | null
  toldMs: number
  /** A `ready` told before the newest order, or before the outputs were made safe, is none. */
  isReadyNews: boolean
  heartbeat: number
  nextBeatMs: number
  triggers: number
  /** Newest PART_ID of this session; null: any may come. */
  lastWireId: number | null
  isTriggerAcked: boolean
  isExposureDone: boolean
  /** In the order of their triggers. */
  parts: HandshakePart[]
  /** Trigger numbers in the order in which results came, the first of them is shown. */
  queue: number[]
  isMissedLatched: boolean
  isOverrunLatched: boolean
  counts: Record<HandshakeCount, number>
}
export type Handshake = Readonly<HandshakeDraft>

export type HandshakeEffect =
  | { readonly kind: 'heard'; readonly input: LineInput }
  | { readonly kind: 'settled'; readonly triggerNumber: number; readonly settlement: Settlement }

/** How telling the PLC of one part ended. `confirmedMs` is absent where nobody confirms. */
export interface Settlement {
  readonly publishedMs: number | null
  readonly acknowledgedMs: number | null
  readonly confirmedMs?: number | null
  readonly fault: Fault | null
}

/** What one input adds to: the new state, and what has to be done about it. */
export interface HandshakeWork {
  readonly state: HandshakeDraft
  readonly effects: HandshakeEffect[]
}

/** A recipe without a `line` leaves the deadline to the PLC; this is for a PLC that leaves it to the recipe. */
export const longestDeadlineMs = 1_000

export function newHandshake(nowMs: number, limits: Handshake['limits']): Handshake {
  return {
    nowMs,
    limits,
    control: new Array<number>(controlRegisterCount).fill(0),
    plcHeardMs: null,
    status: null,
    toldMs: -Infinity,
    isReadyNews: false,
    heartbeat: 0,
    nextBeatMs: Infinity,
    triggers: 0,
    lastWireId: null,
    isTriggerAcked: false,
    isExposureDone: false,
    parts: [],
    queue: [],
    isMissedLatched: false,
    isOverrunLatched: false,
    counts: { missed: 0, late: 0, overrun: 0, outOfStep: 0, ignoredCommands: 0 },
  }
}

export const controlValue = ({ control }: Handshake, register: ControlRegister): number => control[controlRegisters[register]]!
export const isControlSet = ({ control }: Handshake, bit: ControlBit): boolean => bitOf(control[0]!, bit)
export const bitOf = (word: number, bit: ControlBit): boolean => ((word >> controlBits[bit]) & 1) === 1

export const isPlcFresh = ({ plcHeardMs, nowMs }: Handshake): boolean => plcHeardMs !== null && nowMs - plcHeardMs < plcStaleAfterMs
export const isStationFresh = ({ toldMs, nowMs }: Handshake): boolean => nowMs - toldMs < stationStaleAfterMs

export const isBusy = ({ parts }: Handshake): boolean => parts.some((part) => part.isTaken && part.result === null)

/** Whose result registers 102–105 show with resultValid. */
export function shownPart({ parts, queue }: Handshake): HandshakePart | undefined {
  const first = parts.find((part) => part.triggerNumber === queue[0])
  return first && first.shownMs !== null ? first : undefined
}

/** Whether a trigger would be taken. A stop request does not keep it down: the parts on the belt are inspected all the same. */
export function isReady(state: Handshake): boolean {
  const { status } = state
  return (
    status?.state === 'ready' && state.isReadyNews && isStationFresh(state) && status.isRecipeOk &&
    isPlcFresh(state) && isControlSet(state, 'enable') && !isControlSet(state, 'offline') &&
    !isControlSet(state, 'trigger') && !state.isTriggerAcked && !isBusy(state)
  )
}

/** A person has stopped the station: what the PLC commands is not followed. */
export const isHeldByPerson = ({ status }: Handshake): boolean => status?.state === 'offline'

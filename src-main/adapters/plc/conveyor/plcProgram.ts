import { createRequire } from 'node:module'
import { controlBits, controlRegisterCount, controlRegisters, firstResultRegister, nextPartId, protocolVersion, resultCodes, resultRegisterCount, resultRegisters, stationStaleAfterMs, statusBits, type ControlBit, type ResultRegister, type StatusBit } from '../handshake/registerMap.ts'

/** The library's, so that the witness does not check the station's arithmetic with the station's arithmetic. */
const crc16 = createRequire(import.meta.url)('modbus-serial/utils/crc16') as (bytes: Buffer) => number

export interface PlcSettings {
  readonly deadlineMs: number
  /** Bounded waits: for the ack of a trigger, and for the result after it. */
  readonly ackWithinMs: number
  readonly giveUpAfterMs: number
  /** Somebody presses the reset button so long after the fault lamp came on. */
  readonly resetAfterMs: number
  /** Belt travel, in encoder counts from the trigger, in which a part is before the ejector. */
  readonly gateCounts: { readonly from: number; readonly to: number }
}

/** What the PLC knows of one part between camera and ejector, and what it holds against it. */
export interface PlcAnswer {
  readonly part: number
  readonly partId: number
  /** `pass` is the only one that opens the gate. */
  readonly verdict: 'pass' | 'reject' | 'noDecision' | 'busy' | 'noAck' | 'noResult' | 'late' | 'staleStation' | 'otherBoot'
  readonly afterMs: number
}

interface TrackedPart {
  readonly part: number
  readonly partId: number
  readonly triggeredMs: number
  readonly encoderCount: number
  bootId: number | null
  verdict: PlcAnswer['verdict'] | null
}

export const plcIdFaults = ['idGap', 'idRepeat'] as const
export type PlcIdFault = (typeof plcIdFaults)[number]

/** The PLC's side of the handshake as a controls engineer would program it: one call of `scan` per cycle, no input or output of its own. */
export interface PlcProgram {
  /** The trigger eye saw a part. */
  arrive(part: number, encoderCount: number, atMs: number): void
  /**
   * One cycle. `image` are registers 100–119 as read in this cycle, null when the station did not answer.
   * @returns registers 0–6 to be written
   */
  scan(nowMs: number, encoderCount: number, image: readonly number[] | null, eyes: { readonly reject: number; readonly exit: number }): readonly number[]
  /** Whether the part now before the ejector has a PASS of its own. */
  readonly permits: boolean
  /** No part waits for its answer, and the handshake is at rest. */
  readonly isAtRest: boolean
  readonly idFaults: Set<PlcIdFault>
  onAnswer(listener: (answer: PlcAnswer) => void): void
}

export function plcProgram(settings: PlcSettings): PlcProgram {
  const listeners = new Set<(answer: PlcAnswer) => void>()
  const idFaults = new Set<PlcIdFault>()
  let parts: TrackedPart[] = []
  let asking: TrackedPart | null = null
  let phase: 'rest' | 'triggering' | 'waiting' | 'acking' = 'rest'
  let [partId, heartbeat, heartbeatMs] = [0, 0, -Infinity]
  let seenHeartbeat: number | null = null
  let faultSinceMs: number | null = null
  let permits = false
  /** Exchanges for which `enable` stays off: one may be under way with it on. */
  let sessionPause = 0

  function settle(part: TrackedPart, verdict: PlcAnswer['verdict'], nowMs: number): void {
    if (part.verdict !== null) return
    part.verdict = verdict
    const answer: PlcAnswer = { part: part.part, partId: part.partId, verdict, afterMs: nowMs - part.triggeredMs }
    for (const listener of listeners) listener(answer)
  }

  function numberNext(): number {
    if (idFaults.delete('idRepeat') && partId > 0) return partId
    return nextPartId(idFaults.delete('idGap') ? nextPartId(partId) : partId)
  }

  /** A result counts for the part whose number it carries, whichever part the PLC asked about last. */
  function takeResult(image: ResultImage, nowMs: number): void {
    const part = parts.findLast((one) => one.partId === image.word('partIdEcho') && one.verdict === null)
    if (part) settle(part, judgeResult(part, image, nowMs), nowMs)
  }

  function judgeResult(part: TrackedPart, image: ResultImage, nowMs: number): PlcAnswer['verdict'] {
    const code = image.word('result')
    if (code !== resultCodes.pass) return code === resultCodes.reject ? 'reject' : 'noDecision'
    if (image.word('bootId') !== part.bootId) return 'otherBoot'
    if (nowMs - heartbeatMs > stationStaleAfterMs) return 'staleStation'
    return nowMs - part.triggeredMs > settings.deadlineMs || image.bit('late') ? 'late' : 'pass'
  }

  function step(image: ResultImage | null, nowMs: number): void {
    if (phase === 'triggering' && image?.bit('triggerAck')) {
      phase = 'waiting'
      asking!.bootId = image.word('bootId')
    } else if (phase === 'triggering' && nowMs - asking!.triggeredMs > settings.ackWithinMs) finish('noAck', nowMs)
    else if (phase === 'waiting' && nowMs - asking!.triggeredMs > settings.giveUpAfterMs) finish('noResult', nowMs)
    // A trigger that the station could not take has its result at once, without an ack.
    if (image?.bit('resultValid') && (phase !== 'triggering' || image.word('partIdEcho') === asking!.partId) && phase !== 'acking') {
      takeResult(image, nowMs)
      phase = 'acking'
    } else if (phase === 'acking' && image && !image.bit('resultValid')) phase = asking?.verdict === null ? 'waiting' : 'rest'
  }

  function finish(verdict: PlcAnswer['verdict'], nowMs: number): void {
    settle(asking!, verdict, nowMs)
    phase = 'rest'
    // Whether the station counted this part nobody knows: a new session may begin with any number.
    sessionPause = 2
  }

  function watchStation(image: ResultImage | null, nowMs: number): void {
    if (!image) return
    const beat = image.word('heartbeat')
    // One that is read for the first time may have stood still for long.
    if (seenHeartbeat !== null && beat !== seenHeartbeat) heartbeatMs = nowMs
    seenHeartbeat = beat
    faultSinceMs = image.bit('fault') || image.bit('stopRequested') ? (faultSinceMs ?? nowMs) : null
  }

  function decideGate(encoderCount: number, nowMs: number): void {
    const travelled = (part: TrackedPart): number => (encoderCount - part.encoderCount) >>> 0
    const { from, to } = settings.gateCounts
    parts = parts.filter((part) => travelled(part) < to || part === asking)
    const isFresh = nowMs - heartbeatMs <= stationStaleAfterMs
    permits = isFresh && parts.some((part) => part.verdict === 'pass' && travelled(part) >= from && travelled(part) < to)
  }

  return {
    idFaults,
    get permits() { return permits },
    get isAtRest() { return phase === 'rest' },
    onAnswer: (listener) => { listeners.add(listener) },
    arrive(part, encoderCount, atMs) {
      const isBusy = phase !== 'rest'
      if (!isBusy) partId = numberNext()
      const arrived: TrackedPart = { part, partId: isBusy ? 0 : partId, triggeredMs: atMs, encoderCount, bootId: null, verdict: null }
      parts.push(arrived)
      if (isBusy) return settle(arrived, 'busy', atMs)
      asking = arrived
      phase = 'triggering'
    },
    scan(nowMs, encoderCount, words, eyes) {
      const image = words && readImage(words)
      watchStation(image, nowMs)
      step(image, nowMs)
      if (image && sessionPause > 0) sessionPause--
      decideGate(encoderCount, nowMs)
      const bits: ControlBit[] = sessionPause > 0 ? ['lineRunning'] : ['enable', 'lineRunning']
      if (phase === 'triggering') bits.push('trigger')
      if (phase === 'acking') bits.push('resultAck')
      if (faultSinceMs !== null && nowMs - faultSinceMs >= settings.resetAfterMs) bits.push('clearFault')
      heartbeat = (heartbeat + 1) & 0xffff
      const registers = new Array<number>(controlRegisterCount).fill(0)
      registers[controlRegisters.control] = bits.reduce((word, bit) => word | (1 << controlBits[bit]), 0)
      registers[controlRegisters.plcHeartbeat] = heartbeat
      registers[controlRegisters.partId] = partId
      registers[controlRegisters.deadlineMs] = settings.deadlineMs
      registers[controlRegisters.rejectEyeCount] = eyes.reject & 0xffff
      registers[controlRegisters.exitEyeCount] = eyes.exit & 0xffff
      return registers
    },
  }
}

/** The station's own counts, each modulo 65,536. */
export interface StationCounts {
  readonly bootId: number
  readonly triggers: number
  readonly passes: number
  readonly rejects: number
  readonly noDecisions: number
}

/** Of registers 100–119; null where they are not to be believed. */
export function readCounts(words: readonly number[]): StationCounts | null {
  const image = readImage(words)
  return image && { bootId: image.word('bootId'), triggers: image.word('triggers'), passes: image.word('passes'), rejects: image.word('rejects'), noDecisions: image.word('noDecisions') }
}

interface ResultImage {
  word(name: ResultRegister): number
  bit(name: StatusBit): boolean
}

/** An image that does not agree with its CRC, or is of another protocol, is no image: nothing of it is believed. */
function readImage(words: readonly number[]): ResultImage | null {
  const bytes = Buffer.alloc(2 * (resultRegisterCount - 1))
  for (let i = 0; i < resultRegisterCount - 1; i++) bytes.writeUInt16BE(words[i]!, 2 * i)
  const word = (name: ResultRegister): number => words[resultRegisters[name] - firstResultRegister]!
  if (crc16(bytes) !== word('crc') || word('protocolVersion') !== protocolVersion) return null
  return { word, bit: (name) => ((word('status') >> statusBits[name]) & 1) === 1 }
}

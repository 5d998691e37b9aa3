import { fault, type Fault } from '../../domain/fault.ts'
import type { Health } from '../../domain/health.ts'
import type { OutputReceipt } from '../../domain/inspection.ts'
import type { LineInput, TrackedPart, TrafficEntry } from '../../domain/lineSignals.ts'
import { fail, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'
import { reconnectWaitMs } from './keptLink.ts'
import type { OutputsLife } from './outputsLife.ts'
import { beatMs, type OutputsMethods, type OutputsNote } from './outputsMethods.ts'
import { simulatedPlcFaults } from './simulatedPlc.ts'
import { rememberedParts } from './trackedParts.ts'

/** Beats without an answer after which the process hangs: 0.5 s, or 10 s while it starts. Counted, so that a main loop that was held up itself blames nobody. */
const hangs = { beats: 500 / beatMs, startingBeats: 10_000 / beatMs }

/** A process that has lived this long did not die of being started: the next one is started without waiting, because a coil may be on. */
const provenMs = 10_000

const notOpened: Health = { status: 'waiting', detail: 'not opened yet' }

export interface LanePlcParts {
  /** Forks an outputs process for one target; its other side is `serveOutputs`. */
  readonly start: () => OutputsLife
  readonly isSimulated: boolean
  readonly clock: ClockPort
  /** Gives 0–1. */
  readonly random?: () => number
}

/**
 * The PLC port in a process of its own, so that neither the main loop nor inference delays a pulse. When the main loop is gone or
 * silent the process makes the outputs safe; when the process is gone or hangs, another one, which stands by, makes them safe.
 */
export function lanePlc({ start, isSimulated, clock, random = Math.random }: LanePlcParts): PlcPort {
  const healthListeners = new Set<(health: Health) => void>()
  const coilListeners = new Set<(coil: number, isOn: boolean) => void>()
  const inputListeners = new Set<(input: LineInput) => void>()
  /** What the PLC last said of itself. It says so once, perhaps before the station listens. */
  const levels = new Map<string, LineInput>()
  const trafficListeners = new Set<(entry: TrafficEntry) => void>()
  let wiring: LineWiring | undefined
  let life: OutputsLife | undefined
  /** Started and idle: a Node process takes a good part of a second to start, and a coil may be on meanwhile. */
  let spare: OutputsLife | undefined
  let isOpen = false
  /** Why there is no process, or was none before this one. */
  let lost = fault('plc/unreachable', 'the PLC has not been opened')
  let inside = notOpened
  let told = notOpened
  let earlyDeaths = 0
  let unwatchTraffic: AbortController | undefined
  /** On their way and without an order; a process that dies takes its knowledge of them along. */
  const undecided = new Map<number, TrackedPart>()

  const health = (): Health => {
    if (!wiring) return notOpened
    return isOpen ? inside : { status: 'failure', detail: `${lost.code}: ${lost.detail}` }
  }

  function tellHealth(): void {
    const now = health()
    if (now.status === told.status && now.detail === told.detail) return
    told = now
    for (const listener of healthListeners) listener(now)
  }

  function hear(note: OutputsNote): void {
    if ('health' in note) {
      inside = note.health
      tellHealth()
    } else if ('input' in note) {
      const { input } = note
      if (input.kind === 'commanded' && 'isOn' in input.command) levels.set(input.command.name, input)
      for (const listener of inputListeners) listener(input)
    } else for (const listener of coilListeners) listener(note.coil, note.isOn)
  }

  /** `otherwise` gives the answer of a process that died before it could. */
  const ask = <M extends Exclude<keyof OutputsMethods, 'watch' | 'watchTraffic'>>(
    ours: OutputsLife,
    method: M,
    argument: Parameters<OutputsMethods[M]>[0],
    otherwise: (why: Fault) => Awaited<ReturnType<OutputsMethods[M]>>,
  ): Promise<Awaited<ReturnType<OutputsMethods[M]>>> =>
    ours.lane.call<Awaited<ReturnType<OutputsMethods[M]>>>(method, argument).catch((error: unknown) => {
      if (!ours.isOver) throw error
      return otherwise(fault('plc/unreachable', error instanceof Error ? error.message : String(error)))
    })

  /** Only while somebody listens: it is a message for every request. */
  function watchTraffic(): void {
    if (!life || trafficListeners.size === 0 || unwatchTraffic?.signal.aborted === false) return
    const listening = new AbortController()
    unwatchTraffic = listening
    const onNote = (entry: TrafficEntry): void => { for (const listener of trafficListeners) listener(entry) }
    void life.lane.call('watchTraffic', null, { signal: listening.signal, onNote }).catch(() => undefined).finally(() => { listening.abort() })
  }

  function begin(): OutputsLife {
    const ours = spare?.isOver === false ? spare : start()
    spare = undefined
    const bornMs = clock.monotonicMs()
    life = ours
    void ours.lane.call('watch', null, { onNote: hear }).catch(() => undefined)
    watchTraffic()
    void beat(ours)
    void ours.ended.then((why) => { if (life === ours) void revive(why, clock.monotonicMs() - bornMs) })
    return ours
  }

  async function beat(ours: OutputsLife): Promise<void> {
    let limit = hangs.startingBeats
    let unanswered = 0
    const answered = (): null => {
      limit = hangs.beats
      unanswered = 0
      return null
    }
    for (; !ours.isOver && unanswered < limit; unanswered++) {
      void ask(ours, 'beat', null, () => null).then(answered)
      await clock.sleep(beatMs)
    }
    if (!ours.isOver) ours.kill()
  }

  function lose(reason: Fault): void {
    life = undefined
    isOpen = false
    levels.clear()
    lost = reason
    tellHealth()
  }

  async function revive(why: string, livedMs: number): Promise<void> {
    lose(fault('plc/unreachable', why))
    earlyDeaths = livedMs < provenMs ? earlyDeaths + 1 : 0
    if (earlyDeaths > 1) await clock.sleep(reconnectWaitMs(earlyDeaths - 2, random()))
    if (wiring && !life) await openInside(wiring)
    if (life && isOpen) for (const part of undecided.values()) void ask(life, 'track', part, () => null)
  }

  /** Whatever comes of it: from here on the process itself knows how its link is. */
  async function openInside(wanted: LineWiring): Promise<Result<void>> {
    const ours = life ?? begin()
    const opened = await ask(ours, 'open', wanted, fail)
    if (life !== ours || ours.isOver) return opened
    isOpen = true
    spare ??= start()
    tellHealth()
    return opened
  }

  return {
    isSimulated,
    open(wanted) {
      wiring = wanted
      undecided.clear()
      return openInside(wanted)
    },
    async drive(order) {
      const { output, askedMs, line, part } = order
      if (part) undecided.delete(part.triggerNumber)
      const notGiven = (why: Fault): OutputReceipt => ({
        output, coil: line?.coil ?? null, delayMs: line?.delayMs ?? 0, pulseMs: line?.pulseMs ?? 0, askedMs, onMs: null, offMs: null, readBack: 'unknown', fault: why,
      })
      return life ? ask(life, 'drive', order, notGiven) : notGiven(lost)
    },
    track(part) {
      undecided.set(part.triggerNumber, part)
      if (undecided.size > rememberedParts) undecided.delete(undecided.keys().next().value!)
      if (life) void ask(life, 'track', part, () => null)
    },
    tell(status) { if (life) void ask(life, 'tell', status, () => null) },
    registers: async () => (life ? ask(life, 'registers', null, fail) : fail(lost)),
    ...(isSimulated && { simulation: { faults: simulatedPlcFaults, async setFault(name: string, isOn: boolean) { if (life) await ask(life, 'setFault', { name, isOn }, () => null) } } }),
    force: async (coil, isOn) => (life ? ask(life, 'force', { coil, isOn }, fail) : fail(lost)),
    onInput(listener) {
      for (const level of levels.values()) listener(level)
      inputListeners.add(listener)
      return () => inputListeners.delete(listener)
    },
    onTraffic(listener) {
      trafficListeners.add(listener)
      watchTraffic()
      return () => {
        trafficListeners.delete(listener)
        if (trafficListeners.size === 0) unwatchTraffic?.abort()
      }
    },
    async makeSafe() {
      undecided.clear()
      return life ? ask(life, 'makeSafe', null, fail) : fail(lost)
    },
    health,
    onHealth(listener) {
      healthListeners.add(listener)
      return () => healthListeners.delete(listener)
    },
    onCoil(listener) {
      coilListeners.add(listener)
      return () => coilListeners.delete(listener)
    },
    async close() {
      wiring = undefined
      const ours = life
      if (ours) await ask(ours, 'close', null, () => null)
      lose(fault('plc/unreachable', 'the PLC has been closed'))
      for (const one of [ours, spare]) one?.kill()
      await Promise.all([ours?.ended, spare?.ended])
      spare = undefined
    },
  }
}

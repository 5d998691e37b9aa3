import { fault, type Fault } from '../domain/fault.ts'
import type { Trigger } from '../domain/frame.ts'
import type { Inspection } from '../domain/inspection.ts'
import { isCameraTriggered, type PartIdSource } from '../domain/lineSettings.ts'
import type { TrackedPart } from '../domain/lineSignals.ts'
import type { HandledPart } from './closeInspection.ts'
import { faultPolicy } from './faultPolicy.ts'
import { deadlines, type ArrivedPart, type Line } from './line.ts'
import { startDeadline } from './lineDeadline.ts'
import { rejectUninspected } from './rejectUninspected.ts'
import { runInspection } from './runInspection.ts'
import { isBusy, type StationInput, type StationState } from './stationMachine.ts'
import type { StationListener } from './stationParts.ts'
import { stepFault, type LastTrigger } from './triggers/followTriggers.ts'
import { namePart } from './triggers/namePart.ts'

export interface FlowHost {
  state(): StationState
  apply(input: StationInput): void
  blockers(): readonly Fault[]
  /** Resolves when the outputs that a fault made safe are safe: a reject must not be cut short by it. */
  outputsSafe(): Promise<unknown>
  reportBug(error: unknown): void
}

type FlowListener = Pick<StationListener, 'onRecorded' | 'onClosed' | 'onEmpty'>

/** A part that takes so long hangs somewhere: longer than all waits for devices together. */
const hangsAfterMs = 15_000

/** The camera's own trigger says which part it is. */
const namedByCamera: PartIdSource = { kind: 'camera' }

/**
 * The parts of one line, one before the camera at a time. Where the camera triggers it is asked for the next part whenever the station
 * is ready; where the line triggers, a part that comes while the station is busy or not ready is rejected without a picture. Every
 * trigger ends in exactly one record.
 */
export class PartFlow {
  readonly #host: FlowHost
  readonly #listener: FlowListener
  readonly #whenEmpty: 'wait' | 'end'
  #line: Line
  #waiting = new AbortController()
  /** The camera has been asked for its next part. */
  #isTaking = false
  /** When the part before the camera arrived; null while there is none. */
  #takenMs: number | null = null
  #isChallengeNext = false
  #last: LastTrigger = null
  #taken: Promise<void> = Promise.resolve()
  readonly #underWay = new Set<Promise<void>>()

  constructor(line: Line, host: FlowHost, listener: FlowListener, whenEmpty: 'wait' | 'end') {
    this.#line = line
    this.#host = host
    this.#listener = listener
    this.#whenEmpty = whenEmpty
  }

  get line(): Line { return this.#line }
  /** Nobody decides any more, and the line must notice. */
  get hangs(): boolean { return this.#takenMs !== null && this.#line.clock.monotonicMs() - this.#takenMs >= hangsAfterMs }

  /** The same line with its camera opened anew. */
  resume(line: Line): void { this.#line = line }

  /** The next part is a known one: it must not be accepted. */
  challengeNext(): void { this.#isChallengeNext = true }

  /** The station is ready: one part after the other, for as long as it stays so. Does nothing where the line triggers. */
  takeParts(): void {
    if (this.#isTaking || !isCameraTriggered(this.#line.recipe.line)) return
    this.#isTaking = true
    this.#taken = this.#keep(this.#takeFromCamera().then((hasMore) => {
      this.#isTaking = false
      if (!hasMore) this.#listener.onEmpty()
      else if (this.#host.state().name === 'ready') this.takeParts()
    }))
  }

  takeNoPart(): void { this.#waiting.abort() }

  /** A part is before the camera, says the line. */
  announce(announced: TrackedPart): void {
    const part = { ...announced, isChallenge: announced.isChallenge || this.#takeChallenge() }
    const outOfStep = stepFault(this.#last, part)
    this.#last = part
    const why = outOfStep ?? this.#whyNot()
    if (outOfStep) this.#host.apply({ kind: 'faulted', fault: outOfStep })
    if (why) void this.#keep(this.#reject(part, why))
    else this.#taken = this.#keep(this.#look(part, null))
  }

  /** Resolves when the camera is no longer needed. */
  partTaken(): Promise<void> { return this.#taken }

  /** Resolves when no part and no output is under way. */
  async finished(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #keep(work: Promise<void>): Promise<void> {
    const kept = work.catch((error: unknown) => { this.#host.reportBug(error) }).finally(() => { this.#underWay.delete(kept) })
    this.#underWay.add(kept)
    return kept
  }

  #whyNot(): Fault | null {
    const state = this.#host.state()
    if (state.name === 'ready') return null
    return isBusy(state)
      ? fault('trigger/overrun', 'the part before is still being inspected')
      : fault('trigger/missed', `the station is ${state.name}`)
  }

  #takeChallenge(): boolean {
    const isChallenge = this.#isChallengeNext
    this.#isChallengeNext = false
    return isChallenge
  }

  /** False when the camera has nothing more. A trigger that was taken is always inspected: the gate sees what is not ready by then. */
  async #takeFromCamera(): Promise<boolean> {
    const { camera } = this.#line
    this.#waiting = new AbortController()
    const { signal } = this.#waiting
    const trigger = await camera.awaitTrigger({ whenEmpty: this.#whenEmpty, signal })
    if (!trigger) return signal.aborted
    const { edgeMs, sequence, partId } = trigger
    const part: TrackedPart = { partId, triggerNumber: sequence, edgeMs, encoderCount: null, isChallenge: this.#takeChallenge() }
    await this.#look(part, trigger)
    return true
  }

  /** One part from its trigger to its result; the camera is asked for its picture where it did not give the trigger itself. */
  async #look(part: TrackedPart, own: Trigger | null): Promise<void> {
    this.#takenMs = this.#line.clock.monotonicMs()
    this.#host.apply({ kind: 'triggered' })
    this.#line.plc.track(part)
    const sequence = ++this.#line.memory.sequence
    try {
      const handled = await this.#handle(part, own, sequence)
      const output = handled && this.#handOver(handled)
      if (handled) this.#latch(handled.stationFault ?? ownFault(handled.inspection))
      // A batch has no belt: its pulses would run together if the next part did not wait.
      if (this.#whenEmpty === 'end') await output
    } catch (error) {
      this.#host.reportBug(error)
    }
    this.#takenMs = null
    this.#host.apply({ kind: 'resultHandedOver', blockers: this.#host.blockers() })
  }

  async #handle(part: TrackedPart, own: Trigger | null, sequence: number): Promise<HandledPart | undefined> {
    const line = this.#line
    const unseen = this.#name(part, own, sequence)
    const deadline = startDeadline(line, unseen)
    const trigger = own ?? (await this.#askCamera())
    if (trigger) {
      const arrived = this.#name(part, trigger, sequence)
      const seen = { ...arrived, trigger: { ...trigger, partId: arrived.partId, edgeMs: part.edgeMs } }
      return runInspection(seen, line, deadline, (kind) => { this.#host.apply({ kind }) })
    }
    const why = deadline.passed() ?? fault('camera/timeout', `${line.camera.name} took no picture when it was asked to`, { limit: deadlines.captureMs })
    this.#host.apply({ kind: 'decided' })
    const rejected = await rejectUninspected(unseen, line, deadline, why)
    this.#host.apply({ kind: 'recorded' })
    return rejected
  }

  async #askCamera(): Promise<Trigger | undefined> {
    const { clock, camera } = this.#line
    const answered = new AbortController()
    const late = new AbortController()
    void clock.sleep(deadlines.captureMs, answered.signal).then(() => { late.abort() })
    const trigger = await camera.awaitTrigger({ whenEmpty: this.#whenEmpty, signal: late.signal })
    answered.abort()
    if (!trigger && !late.signal.aborted) this.#listener.onEmpty()
    return trigger
  }

  async #reject(part: TrackedPart, why: Fault): Promise<void> {
    const line = this.#line
    line.plc.track(part)
    const arrived = this.#name(part, null, ++line.memory.sequence)
    await this.#host.outputsSafe()
    const handled = await rejectUninspected(arrived, line, startDeadline(line, arrived), why)
    this.#latch(handled.stationFault)
    await this.#handOver(handled)
  }

  #name(part: TrackedPart, trigger: Trigger | null, sequence: number): ArrivedPart {
    const { line: settings } = this.#line.recipe
    return { part, sequence, ...namePart(settings?.partIds ?? namedByCamera, { fromLine: part.partId, fromCamera: trigger?.partId ?? null, sequence }) }
  }

  #handOver({ inspection, closed }: HandledPart): Promise<void> {
    this.#listener.onRecorded(inspection)
    const output = closed.then((done) => {
      this.#listener.onClosed(done)
      this.#latch(done.receipt?.fault ?? null)
    })
    return this.#keep(output)
  }

  #latch(trouble: Fault | null): void {
    if (trouble && faultPolicy(trouble.code).latches) this.#host.apply({ kind: 'faulted', fault: trouble })
  }
}

/** The part's own trouble, and not that of a station that was not ready for it. */
const ownFault = ({ fault: trouble, reasons }: Inspection): Fault | null => (reasons.some(({ code }) => code === 'gate/fault') ? trouble : null)

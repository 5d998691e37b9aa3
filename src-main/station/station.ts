import { fault, type Fault } from '../domain/fault.ts'
import type { Health, StationHealth } from '../domain/health.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LogPort } from '../ports/log.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { faultPolicy } from './faultPolicy.ts'
import type { Line, LineMemory, Origin } from './line.ts'
import { ParityGuard } from './parityGuard.ts'
import { prepareLine, type ActiveRecipe, type Devices, type OpenedDevices } from './prepareLine.ts'
import { blockersOf } from './readiness.ts'
import { runInspection, type HandledPart } from './runInspection.ts'
import { nextStation, type StationEffect, type StationInput, type StationState } from './stationMachine.ts'

export interface StationParts extends Devices {
  readonly clock: ClockPort
  readonly log: LogPort
  readonly evidence: EvidencePort
  readonly model: ModelPort
  readonly pixels: PixelsPort
  readonly origin: Origin
  /** What to do when the camera has nothing more: wait for ever, or end the run. */
  readonly whenEmpty: 'wait' | 'end'
}

export interface StationListener {
  /** State, readiness or devices have changed. */
  onChange(): void
  /** Durable; its output is under way. */
  onRecorded(inspection: ClosedInspection): void
  /** Output driven, receipt stored. */
  onClosed(inspection: ClosedInspection): void
  /** The camera has nothing more, and `whenEmpty` is 'end'. */
  onEmpty(): void
}

const retryMs = [500, 1_000, 2_000, 3_000] as const
const healthIntervalMs = 1_000

/** Every part passes these; its record says more than the log could. */
const isMilestone = ({ kind }: StationInput): boolean => ['triggered', 'frameTaken', 'decided', 'recorded', 'resultHandedOver'].includes(kind)

/** The one owner of the station's state: inputs go through `nextStation`, and this is the only executor of its effects. */
export class Station {
  readonly #parts: StationParts
  readonly #listener: StationListener
  readonly #parity: ParityGuard
  #state: StationState = { name: 'preoperational' }
  #active: ActiveRecipe | null = null
  #line: Line | null = null
  #waiting = new AbortController()
  #isTaking = false
  #partUnderWay: Promise<void> = Promise.resolve()
  #outputsUnderWay = new Set<Promise<void>>()
  #released: Promise<void> = Promise.resolve()

  constructor(parts: StationParts, listener: StationListener) {
    this.#parts = parts
    this.#listener = listener
    this.#parity = new ParityGuard(parts)
    parts.model.onHealth(() => { this.#checkReadiness() })
  }

  get state(): StationState { return this.#state }
  get active(): ActiveRecipe | null { return this.#active }
  get devices(): OpenedDevices | null { return this.#line }

  health(): StationHealth {
    const waiting: Health = { status: 'waiting', detail: 'not opened yet' }
    return {
      camera: this.#line?.camera.health() ?? waiting,
      plc: this.#line?.plc.health() ?? waiting,
      model: this.#active ? this.#parts.model.health() : waiting,
      disk: this.#parts.evidence.health(),
    }
  }

  /** Allowed while the station stands still; the next `run` uses it. */
  activate(active: ActiveRecipe): void {
    this.#active = active
    this.#apply({ kind: 'recipeActivated' })
  }

  run(): void { this.#apply({ kind: 'runRequested' }) }
  clearFault(): void { this.#apply({ kind: 'faultCleared' }) }

  /** Resolves when the part under way is recorded, its output has been driven and the devices are released. */
  async stop(): Promise<void> {
    this.#apply({ kind: 'stopRequested' })
    await this.#released
  }

  /** Something threw that must not: outputs go safe at once, and somebody has to look. */
  reportBug(error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.#parts.log.error('bug', { detail })
    this.#apply({ kind: 'faulted', fault: fault('station/bug', detail) })
  }

  #apply(input: StationInput): void {
    const { state, effects } = nextStation(this.#state, input)
    if (state !== this.#state && !isMilestone(input)) this.#parts.log.info('station', { from: this.#state.name, to: state.name, input: input.kind })
    this.#state = state
    for (const effect of effects) this.#run(effect)
    this.#listener.onChange()
  }

  #run(effect: StationEffect): void {
    switch (effect) {
      case 'prepare': void this.#prepare(); break
      case 'takePart': this.#takeParts(); break
      case 'takeNoPart': this.#waiting.abort(); break
      case 'makeOutputsSafe': void this.#line?.plc.makeSafe(); break
      case 'releaseDevices': this.#released = this.#release(); break
    }
  }

  async #prepare(): Promise<void> {
    await this.#released
    for (let attempt = 0; this.#state.name === 'initialized' && this.#active; attempt++) {
      const active = this.#active
      const opened = await prepareLine(active, { ...this.#parts, parity: this.#parity })
      if (opened.ok) {
        await this.#begin(active, opened.value)
        return
      }
      if (faultPolicy(opened.fault.code).latches) {
        this.#apply({ kind: 'faulted', fault: opened.fault })
        return
      }
      this.#apply({ kind: 'notYetPrepared', fault: opened.fault })
      await this.#parts.clock.sleep(retryMs[Math.min(attempt, retryMs.length - 1)]!)
    }
  }

  async #begin({ recipe, hash }: ActiveRecipe, devices: OpenedDevices): Promise<void> {
    const { pixels, model, evidence, clock, origin } = this.#parts
    const totals = await evidence.totals()
    const sequence = totals.ok ? totals.value.inspections : 0
    const memory: LineMemory = { sequence, previousFingerprint: undefined, history: {} }
    this.#line = { ...devices, recipe, recipeHash: hash, pixels, model, evidence, clock, origin, memory, blockers: () => this.#blockers() }
    devices.plc.onHealth(() => { this.#checkReadiness() })
    if (this.#state.name !== 'initialized') {
      this.#released = this.#release()
      return
    }
    this.#apply({ kind: 'prepared' })
    this.#checkReadiness()
    void this.#watchHealth(this.#line)
  }

  /** A camera that has failed is opened again: while the station holds, nobody else asks it for anything. */
  async #watchHealth(line: Line): Promise<void> {
    while (this.#line === line) {
      await this.#parts.clock.sleep(healthIntervalMs)
      if (this.#line === line && line.camera.health().status === 'failure') await line.camera.open(line.recipe.camera.settings)
      if (this.#line === line) this.#checkReadiness()
    }
  }

  #blockers(): readonly Fault[] {
    return [...blockersOf(this.health()), ...(this.#active ? this.#parity.blockers(this.#active.recipe) : [])]
  }

  #checkReadiness(): void {
    if (!this.#line) return
    this.#apply({ kind: 'readinessChanged', blockers: this.#blockers() })
    if (this.#active && this.#parity.isDue(this.#active.recipe)) void this.#proveAgain(this.#active)
  }

  /** Another provider serves than the one that was proven: the station holds until the pinned frames have been scored on it. */
  async #proveAgain(active: ActiveRecipe): Promise<void> {
    try {
      const proven = await this.#parity.prove(active)
      if (!proven.ok && faultPolicy(proven.fault.code).latches) this.#apply({ kind: 'faulted', fault: proven.fault })
      else this.#apply({ kind: 'readinessChanged', blockers: this.#blockers() })
    } catch (error) {
      this.reportBug(error)
    }
  }

  /** One part at a time, for as long as the station is ready. */
  #takeParts(): void {
    if (this.#isTaking || !this.#line) return
    this.#isTaking = true
    this.#partUnderWay = this.#takePart(this.#line).then((hasMore) => {
      this.#isTaking = false
      if (!hasMore) this.#listener.onEmpty()
      else if (this.#state.name === 'ready') this.#takeParts()
    })
  }

  /** False when the camera has nothing more. A trigger that was taken is always inspected: the gate sees what is not ready by then. */
  async #takePart(line: Line): Promise<boolean> {
    this.#waiting = new AbortController()
    const { signal } = this.#waiting
    const trigger = await line.camera.awaitTrigger({ whenEmpty: this.#parts.whenEmpty, signal })
    if (!trigger) return signal.aborted
    this.#apply({ kind: 'triggered' })
    try {
      const handled = await runInspection(trigger, line, (milestone) => { this.#apply({ kind: milestone }) })
      const output = handled && this.#handOver(handled)
      // A batch has no belt: its pulses would run together if the next part did not wait.
      if (this.#parts.whenEmpty === 'end') await output
      this.#apply({ kind: 'resultHandedOver', blockers: this.#blockers() })
    } catch (error) {
      this.reportBug(error)
    }
    return true
  }

  #handOver({ inspection, closed, stationFault }: HandledPart): Promise<void> {
    this.#listener.onRecorded(inspection)
    const output = closed
      .then((done) => {
        this.#listener.onClosed(done)
        if (done.receipt?.fault && faultPolicy(done.receipt.fault.code).latches) this.#apply({ kind: 'faulted', fault: done.receipt.fault })
      })
      .catch((error: unknown) => { this.reportBug(error) })
      .finally(() => { this.#outputsUnderWay.delete(output) })
    this.#outputsUnderWay.add(output)
    const latching = [stationFault, inspection.fault].find((one) => one && faultPolicy(one.code).latches)
    if (latching) this.#apply({ kind: 'faulted', fault: latching })
    return output
  }

  async #release(): Promise<void> {
    const line = this.#line
    await this.#partUnderWay
    await Promise.all(this.#outputsUnderWay)
    if (!line || this.#line !== line) return
    this.#line = null
    await line.plc.makeSafe()
    await Promise.all([line.camera.close(), line.plc.close()])
    this.#listener.onChange()
  }
}

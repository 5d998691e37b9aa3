import { fault, type Fault } from '../domain/fault.ts'
import type { StationHealth } from '../domain/health.ts'
import { isCameraTriggered } from '../domain/lineSettings.ts'
import type { LineInput } from '../domain/lineSignals.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { ControlHolder } from '../domain/station.ts'
import { assembleLine } from './assembleLine.ts'
import { connectLine } from './connectLine.ts'
import { describeStatus } from './describeStatus.ts'
import { clearingRole, faultPolicy } from './faultPolicy.ts'
import type { Line } from './line.ts'
import { controlBlockers, lineStands, type LineControl } from './lineControl.ts'
import { keepPreparing, type PreparedLine } from './keepPreparing.ts'
import { LineDesk } from './lineDesk.ts'
import type { LineTally } from './lineTally.ts'
import { ParityGuard } from './parityGuard.ts'
import { PartFlow } from './partFlow.ts'
import type { ActiveRecipe, OpenedDevices } from './prepareLine.ts'
import { blockersOf, healthOf } from './readiness.ts'
import { interruptions, isBusy, isMilestone, nextStation, type StationEffect, type StationInput, type StationState } from './stationMachine.ts'
import type { StationListener, StationParts } from './stationParts.ts'
import { OwnTriggers } from './triggers/ownTriggers.ts'

/** The one owner of the station's state: inputs go through `nextStation`, and this is the only executor of its effects. */
export class Station {
  readonly #parts: StationParts
  readonly #listener: StationListener
  readonly #parity: ParityGuard
  readonly #ownTriggers: OwnTriggers
  readonly #desk: LineDesk
  #state: StationState = { name: 'boot' }
  #active: ActiveRecipe | null = null
  #flow: PartFlow | null = null
  #isCameraOpen = false
  #disconnect: () => void = () => undefined
  #prepared: Promise<void> = Promise.resolve()
  #released: Promise<void> = Promise.resolve()
  #outputsSafe: Promise<unknown> = Promise.resolve()

  constructor(parts: StationParts, listener: StationListener) {
    this.#parts = parts
    this.#listener = listener
    this.#parity = new ParityGuard(parts)
    this.#ownTriggers = new OwnTriggers(parts.clock)
    this.#desk = new LineDesk(parts.clock, parts.control ?? 'human')
    parts.model.onHealth(() => { this.#checkReadiness() })
  }

  get state(): StationState { return this.#state }
  get tally(): LineTally { return this.#desk.tally }
  get control(): LineControl { return this.#desk.control }
  get active(): ActiveRecipe | null { return this.#active }
  get devices(): OpenedDevices | null { return this.#line }
  health(): StationHealth { return healthOf(this.#line, this.#active ? this.#parts.model : null, this.#parts.evidence) }

  /** There is no recipe to begin with. */
  boot(): void { this.#apply({ kind: 'booted' }) }

  /** Allowed while the station stands still; the next `run` uses it. */
  activate(active: ActiveRecipe): void {
    this.#active = active
    this.#apply({ kind: 'recipeActivated' })
  }

  run(): void { this.#apply({ kind: 'runRequested' }) }
  clearFault(): void { this.#apply({ kind: 'faultCleared' }) }

  /** Resolves when the part under way is recorded, its output has been driven and the devices are released. A person has taken control. */
  async stop(): Promise<void> {
    this.#apply({ kind: 'stopRequested' })
    this.setControl('human')
    await this.#released
  }

  /** A person gives control to the PLC, or takes it back. */
  setControl(holder: ControlHolder): void {
    this.#desk.setControl(holder)
    this.#checkReadiness()
    this.#listener.onChange()
  }

  clearStopRequest(): void {
    this.#desk.clearStopRequest()
    this.#listener.onChange()
  }

  /** A part is before the camera, says a person. Fault: request/wrongMode where nobody is asked. */
  trigger(): Result<null> {
    const flow = this.#flow
    if (flow?.line.recipe.line?.trigger.kind !== 'software') return fail(fault('request/wrongMode', 'the station runs no recipe that is triggered by hand'))
    flow.announce(this.#ownTriggers.next())
    return succeed(null)
  }

  /** The next part is a known one and must not be accepted. Fault: request/wrongMode while no line is open. */
  challengeNext(): Result<null> {
    if (!this.#flow) return fail(fault('request/wrongMode', 'the station judges no parts'))
    this.#flow.challengeNext()
    return succeed(null)
  }

  /** Something threw that must not: outputs go safe at once, and somebody has to look. */
  reportBug(error: unknown): Fault {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const bug = fault('station/bug', detail)
    this.#parts.log.error('bug', { detail })
    this.#apply({ kind: 'faulted', fault: bug })
    return bug
  }

  get #line(): Line | null { return this.#flow?.line ?? null }

  #apply(input: StationInput): void {
    const { state, effects } = nextStation(this.#state, input)
    if (state !== this.#state && !isMilestone(input)) this.#parts.log.info('station', { from: this.#state.name, to: state.name, input: input.kind })
    this.#state = state
    // The line waits for ready, and for the picture to be taken.
    this.#tell()
    for (const effect of effects) this.#run(effect)
    this.#listener.onChange()
  }

  #run(effect: StationEffect): void {
    switch (effect) {
      case 'prepare': this.#prepared = this.#prepared.then(() => this.#prepare()); break
      case 'takePart': this.#flow?.takeParts(); break
      case 'takeNoPart': this.#flow?.takeNoPart(); break
      case 'makeOutputsSafe': this.#outputsSafe = this.#line?.plc.makeSafe() ?? Promise.resolve(); break
      case 'releaseCamera': this.#released = this.#released.then(() => this.#releaseCamera()); break
      case 'releaseDevices': this.#released = this.#released.then(() => this.#release()); break
    }
  }

  async #prepare(): Promise<void> {
    await this.#released
    const wanted = (): ActiveRecipe | null => (this.#state.name === 'initialized' ? this.#active : null)
    const opened = await keepPreparing(wanted, { ...this.#parts, parity: this.#parity }, this.#line?.plc ?? null, (trouble) => { this.#apply({ kind: 'notYetPrepared', fault: trouble }) })
    if (opened?.ok) await this.#begin(opened.value)
    else if (opened) this.#apply({ kind: 'faulted', fault: opened.fault })
  }

  async #begin(prepared: PreparedLine): Promise<void> {
    const line = await assembleLine(prepared, this.#parts, this.#line?.memory, {
      blockers: () => [...interruptions(this.#state), ...this.#blockers()],
      ...this.#desk.follow(prepared.active.recipe.line?.stopAfter),
      onBug: (error) => this.reportBug(error),
    })
    this.#isCameraOpen = true
    if (this.#flow) this.#flow.resume(line)
    else this.#connect(line)
    if (this.#state.name === 'initialized' && this.#active === prepared.active) this.#apply({ kind: 'prepared', blockers: this.#blockers() })
    else if (this.#state.name === 'fault') this.#run('releaseCamera')
    else {
      this.#run('releaseDevices')
      await this.#prepare()
    }
    this.#checkReadiness()
  }

  /** From here on the line is heard and told, until the devices are released. */
  #connect(line: Line): void {
    const flow = new PartFlow(line, {
      state: () => this.#state,
      apply: (input) => { this.#apply(input) },
      blockers: () => this.#blockers(),
      outputsSafe: () => this.#outputsSafe,
      reportBug: (error) => { this.reportBug(error) },
    }, this.#listener, this.#parts.whenEmpty)
    this.#flow = flow
    this.#disconnect = connectLine(flow, this.#ownTriggers, {
      onInput: (input) => { this.#hear(flow, input) },
      checkReadiness: () => { this.#checkReadiness() },
      isCameraOpen: () => this.#isCameraOpen,
      // While the station is not ready, or the line stands, it brings itself no part to be missed.
      isTicking: () => (this.#state.name === 'ready' || isBusy(this.#state)) && !lineStands(this.#desk.control),
      tell: () => { this.#tell() },
    })
  }

  #hear(flow: PartFlow, input: LineInput): void {
    switch (input.kind) {
      case 'triggered':
        if (isCameraTriggered(flow.line.recipe.line)) this.#parts.log.warn('a trigger of the line, where the camera triggers', { ...input.part })
        else flow.announce(input.part)
        break
      case 'unexpectedRemoval':
        this.#desk.requestStop('unexpectedRemoval', null)
        break
      case 'outOfStep':
        this.#apply({ kind: 'faulted', fault: input.fault })
        break
      case 'commanded':
        // The PLC may clear what an operator may.
        if (this.#desk.hear(input.command) && this.#state.name === 'fault' && clearingRole(this.#state.fault.code) === 'operator') this.clearFault()
        this.#checkReadiness()
    }
    this.#listener.onChange()
  }

  #tell(): void { if (this.#line && !this.#flow?.hangs) this.#line.plc.tell(describeStatus(this.#state, this.#desk.tally, this.#line, this.#parity.blockers(this.#line.recipe))) }

  #blockers(): readonly Fault[] {
    return [...blockersOf(this.health()), ...(this.#active ? this.#parity.blockers(this.#active.recipe) : []), ...controlBlockers(this.#desk.control)]
  }

  #checkReadiness(): void {
    if (!this.#line) return
    this.#apply({ kind: 'readinessChanged', blockers: this.#blockers() })
    if (this.#active && this.#parity.isDue(this.#active.recipe)) void this.#proveAgain(this.#active)
  }

  /** Another provider serves than the one that was proven: the station holds until the pinned frames have been scored on it. */
  async #proveAgain(active: ActiveRecipe): Promise<void> {
    const proven = await this.#parity.prove(active).catch((error: unknown) => fail(this.reportBug(error)))
    this.#apply(!proven.ok && faultPolicy(proven.fault.code).latches ? { kind: 'faulted', fault: proven.fault } : { kind: 'readinessChanged', blockers: this.#blockers() })
  }

  /** The line stays connected: it hears of the fault, and the parts that still come are rejected. */
  async #releaseCamera(): Promise<void> {
    if (!this.#flow || !this.#isCameraOpen) return
    this.#isCameraOpen = false
    await this.#flow.partTaken()
    await this.#flow.line.camera.close()
  }

  async #release(): Promise<void> {
    const flow = this.#flow
    if (!flow) return
    await flow.partTaken()
    this.#disconnect()
    await flow.finished()
    await this.#releaseCamera()
    await flow.line.plc.makeSafe()
    await flow.line.plc.close()
    this.#flow = null
    this.#listener.onChange()
  }
}

import { fault, type Fault } from '../../domain/fault.ts'
import type { BeltFacts, Encoder } from '../../domain/lineSettings.ts'
import type { RegisterRow } from '../../domain/lineSignals.ts'
import type { OutputLine } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { StationMode } from '../../domain/station.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { EvidencePort } from '../../ports/evidence.ts'
import type { LineWiring, PlcPort } from '../../ports/plc.ts'
import { loadTiming, timingDocument } from '../../station/budgetProof.ts'
import type { CommissioningDraft, LineTest } from '../../station/commissioning/draft.ts'
import { lineBasis, rehearsedTiming } from '../../station/commissioning/lineRehearsal.ts'
import { lineBudget, nothingMeasured, type LineBudget, type LineTiming } from '../../station/lineBudget.ts'
import type { ActiveRecipe, Devices } from '../../station/prepareLine.ts'
import type { IoView } from '../../../src-preload/contract/io.ts'
import { Jobs } from '../jobs.ts'
import { Latest } from '../latest.ts'
import { HandSwitches } from './handSwitches.ts'
import { viewIo } from './ioView.ts'
import { partScope } from './partScope.ts'
import { runLoops, type LoopReport } from './runLoops.ts'
import { tapPlc } from './tapPlc.ts'
import { testLink, type LinkReport, type LinkStep } from './testLink.ts'
import { trafficLog } from './trafficLog.ts'

export interface IoParts {
  readonly clock: ClockPort
  readonly evidence: Pick<EvidencePort, 'loadDocument' | 'saveDocument'>
  readonly mode: () => StationMode
  readonly active: () => ActiveRecipe | null
  readonly draft: () => CommissioningDraft
  readonly keepLineTest: (test: LineTest) => Promise<Result<null>>
}

/** The one PLC that is open, whoever opened it. */
export interface OpenLink {
  readonly plc: PlcPort
  readonly target: string
  readonly wiring: LineWiring
}

/** A screen: its connection's session, or whatever else tells one from another. */
type Screen = object

const readEveryMs = { standing: 200, running: 1_000 }
/** Fewer parts say little about one in a thousand. */
const provenParts = 200
const saveEveryParts = 100

/**
 * The I/O screen's side of the station. It hears what crosses the PLC port of whoever holds it, opens the PLC of a stopped station while
 * somebody looks, and lets one screen at a time move coils by hand, which all go off again: after a minute, with that screen, and
 * before anybody else opens the PLC.
 */
export class IoControl {
  readonly views = new Latest<IoView>()
  readonly traffic = trafficLog()
  readonly #parts: IoParts
  readonly #scope = partScope()
  readonly #jobs: Jobs
  readonly #switches: HandSwitches
  readonly #screens = new Map<Screen, number>()
  #devices: Devices | null = null
  #link: OpenLink | null = null
  /** The stopped station's PLC, opened for a screen. */
  #own: PlcPort | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #following = new AbortController()
  #stopTraffic: (() => void) | null = null
  #registers: readonly RegisterRow[] = []
  #registersFault: Fault | null = null
  #loops: LoopReport | null = null
  #linkTest: LinkReport | null = null
  #linkStep: LinkStep | null = null
  #plugged = new AbortController()
  #stored: { readonly recipe: string; readonly timing: LineTiming } | null = null
  #measuredRecipe: string | null = null
  #unsavedParts = 0

  constructor(parts: IoParts) {
    this.#parts = parts
    this.#jobs = new Jobs(parts.clock, () => { this.#show() })
    this.#switches = new HandSwitches(parts.clock, () => { this.#show() })
  }

  /** The same devices, each PLC with an ear on it. There is one link at a time: ours is closed before anybody else opens one. */
  tap(devices: Devices): Devices {
    this.#devices = devices
    return {
      ...devices,
      openPlc: async (target) => {
        await this.#inTurn(() => this.#closeOwn())
        const opened = await devices.openPlc(target)
        return opened.ok ? succeed(this.#listenTo(target, opened.value)) : opened
      },
    }
  }

  /** Whole views for one screen until `signal` is aborted; then everything that it switched on goes off. */
  async *watch(screen: Screen, stream: (views: Latest<IoView>) => AsyncGenerator<IoView>): AsyncGenerator<IoView, void> {
    this.#screens.set(screen, (this.#screens.get(screen) ?? 0) + 1)
    if (this.#following.signal.aborted || this.#screens.size === 1) this.#follow()
    try {
      for await (const view of stream(this.views)) yield { ...view, armed: view.armed && { ...view.armed, byThisScreen: this.#switches.isArmedBy(screen) } }
    } finally {
      await this.#leave(screen)
    }
  }

  arm(screen: Screen): Result<null> {
    if (!this.#link) return fail(fault('plc/unreachable', 'no PLC is open'))
    if (!this.#screens.has(screen)) return fail(fault('request/wrongMode', 'only a screen that shows the I/O may arm'))
    return this.#switches.arm(screen)
  }

  async disarm(): Promise<Result<null>> {
    this.#jobs.cancelAll()
    await this.#switches.allOff()
    return succeed(null)
  }

  async switchCoil(screen: Screen, coil: number, isOn: boolean): Promise<Result<null>> {
    const link = this.#armedLink(screen)
    return link.ok ? this.#switches.set(link.value.plc, coil, isOn) : link
  }

  /** Moves real actuators, so it needs an armed screen; the draft keeps what was found. */
  runLoops(screen: Screen): Promise<Result<null>> {
    const armed = this.#armedLink(screen)
    if (!armed.ok) return Promise.resolve(armed)
    const { plc, wiring: { outputs, line } } = armed.value
    const basis = lineBasis(this.#parts.draft())
    return this.#jobs.run('ioLoops', async (report, signal) => {
      const timing = await this.#timing()
      const decisionMs = timing.source === 'parts' ? timing.slowestDecisionMs : timing.fastestDecisionMs
      const found = await runLoops({ plc, reject: outputs.reject, settings: line, decisionMs }, this.#parts.clock, report, signal)
      this.#loops = found
      return this.#parts.mode() === 'commissioning' ? this.#parts.keepLineTest(lineTestOf(found, basis, this.#parts.clock.wallTime())) : succeed(null)
    })
  }

  testLink(screen: Screen): Promise<Result<null>> {
    const armed = this.#armedLink(screen)
    if (!armed.ok) return Promise.resolve(armed)
    const { plc, wiring } = armed.value
    this.#plugged = new AbortController()
    return this.#jobs.run('ioLink', async (report, signal) => {
      const say = (step: LinkStep): void => {
        this.#linkStep = step
        report({ done: { pull: 0.1, plug: 0.5, check: 0.8 }[step], stage: step, etaSeconds: null })
      }
      this.#linkTest = await testLink(plc, wiring.outputs.reject.coil, this.#parts.clock, { say, pluggedIn: this.#plugged.signal }, signal)
      this.#linkStep = null
      return succeed(null)
    })
  }

  confirmPlugged(): Result<null> {
    this.#plugged.abort()
    return succeed(null)
  }

  cancelJob(id: string): Result<null> { return this.#jobs.cancel(id) }

  async budget(belt: BeltFacts, reject: OutputLine, encoder: Encoder | undefined): Promise<LineBudget> {
    return lineBudget(belt, await this.#timing(), reject, encoder)
  }

  async close(): Promise<void> {
    this.#following.abort()
    this.#jobs.cancelAll()
    await this.#inTurn(() => this.#closeOwn())
  }

  #armedLink(screen: Screen): Result<OpenLink> {
    if (!this.#link) return fail(fault('plc/unreachable', 'no PLC is open'))
    if (this.#parts.mode() === 'running') return fail(fault('request/wrongMode', 'the station is running: its outputs are moved by parts'))
    return this.#switches.isArmedBy(screen) ? succeed(this.#link) : fail(fault('request/wrongMode', 'this screen is not armed'))
  }

  #follow(): void {
    this.#following = new AbortController()
    const { signal } = this.#following
    const { clock, mode } = this.#parts
    void (async () => {
      while (!signal.aborted) {
        await this.#inTurn(() => this.#openOwn(signal))
        await this.#readRegisters()
        await this.#learnStored()
        this.#show()
        await clock.sleep(mode() === 'running' ? readEveryMs.running : readEveryMs.standing, signal)
      }
    })()
  }

  async #leave(screen: Screen): Promise<void> {
    const left = (this.#screens.get(screen) ?? 1) - 1
    if (left > 0) this.#screens.set(screen, left)
    else this.#screens.delete(screen)
    if (left === 0 && this.#switches.isArmedBy(screen)) await this.disarm()
    if (this.#screens.size > 0) return
    this.#following.abort()
    this.#hearTraffic()
    await this.#inTurn(() => this.#closeOwn())
  }

  /** A stopped station has closed its PLC; somebody who looks at it needs it open. */
  async #openOwn(signal: AbortSignal): Promise<void> {
    const active = this.#parts.active()
    if (this.#link || this.#own || signal.aborted || this.#parts.mode() !== 'stopped' || !active || !this.#devices) return
    const { recipe, plcTarget } = active
    const opened = await this.#devices.openPlc(plcTarget)
    if (!opened.ok) return
    this.#own = this.#listenTo(plcTarget, opened.value)
    await this.#own.open({ outputs: recipe.outputs, ...(recipe.line && { line: recipe.line }) })
  }

  async #closeOwn(): Promise<void> {
    await this.#switches.allOff()
    const own = this.#own
    this.#own = null
    await own?.close()
  }

  #listenTo(target: string, plc: PlcPort): PlcPort {
    return tapPlc(plc, {
      onOpen: (wiring) => {
        this.#link = { plc, target, wiring }
        const recipe = this.#parts.active()?.hash ?? null
        if (recipe !== this.#measuredRecipe) this.#scope.forget()
        this.#measuredRecipe = recipe
        this.#hearTraffic()
        this.#show()
      },
      onTracked: (part) => { this.#scope.track(part) },
      onOrder: (order) => { this.#scope.order(order) },
      onReceipt: (order, receipt) => {
        this.#scope.receive(order, receipt)
        if (this.#parts.mode() === 'running') this.#keepTiming()
        this.#show()
      },
      onHealth: () => { this.#show() },
      onClosed: () => {
        if (this.#link?.plc !== plc) return
        this.#switches.forget()
        this.#link = null
        this.#registers = []
        this.#hearTraffic()
        this.#show()
      },
    })
  }

  #hearTraffic(): void {
    this.#stopTraffic?.()
    this.#stopTraffic = this.#link && this.#screens.size > 0 ? this.#link.plc.onTraffic((entry) => { this.traffic.add(entry) }) : null
  }

  async #readRegisters(): Promise<void> {
    const link = this.#link
    if (!link) return
    const rows = await link.plc.registers()
    if (this.#link !== link) return
    if (rows.ok) this.#registers = rows.value
    this.#registersFault = rows.ok ? null : rows.fault
  }

  async #learnStored(): Promise<void> {
    const hash = this.#parts.active()?.hash
    if (!hash || this.#stored?.recipe === hash) return
    const loaded = await loadTiming(hash, this.#parts.evidence)
    this.#stored = { recipe: hash, timing: loaded.ok ? loaded.value : nothingMeasured }
  }

  /** Of this recipe's parts where there were any, else what was measured before; while commissioning, of the draft. */
  async #timing(): Promise<LineTiming> {
    await this.#learnStored()
    return this.#knownTiming()
  }

  #knownTiming(): LineTiming {
    if (this.#parts.mode() === 'commissioning') return rehearsedTiming(this.#parts.draft())
    const recipe = this.#parts.active()?.recipe
    return this.#scope.timing(recipe?.line?.deadlineMs ?? Infinity) ?? this.#stored?.timing ?? nothingMeasured
  }

  /** What the next start will be held against. */
  #keepTiming(): void {
    const active = this.#parts.active()
    if (!active?.recipe.line?.belt || ++this.#unsavedParts < saveEveryParts) return
    this.#unsavedParts = 0
    const timing = this.#scope.timing(active.recipe.line.deadlineMs)
    if (timing && timing.n >= provenParts) void this.#parts.evidence.saveDocument(timingDocument(active.hash), timing)
  }

  /** Opening and closing of our own link, one after the other. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  #show(): void {
    if (this.#screens.size === 0) return
    this.views.set(viewIo({
      mode: this.#parts.mode(), link: this.#link, switches: this.#switches, scope: this.#scope, registers: this.#registers, registersFault: this.#registersFault,
      timing: this.#knownTiming(), loops: this.#loops, linkTest: this.#linkTest, linkStep: this.#linkStep, jobs: this.#jobs.views,
    }))
  }
}

const lineTestOf = ({ wanted, done, latencyMs, timingErrorMs, allowedMs, trouble }: LoopReport, basis: string, wallTime: string): LineTest =>
  ({ basis, wanted, done, latencyMs: latencyMs && { p50: latencyMs.p50, p99: latencyMs.p99, max: latencyMs.max }, timingErrorMs, allowedMs, passed: trouble === null, wallTime })

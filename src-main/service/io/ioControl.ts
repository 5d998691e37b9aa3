import { fault, type Fault } from '../../domain/fault.ts'
import type { BeltFacts, Encoder } from '../../domain/lineSettings.ts'
import type { RegisterRow } from '../../domain/lineSignals.ts'
import type { OutputLine } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { LineTest } from '../../station/commissioning/draft.ts'
import { lineBasis } from '../../station/commissioning/lineRehearsal.ts'
import { lineBudget, type LineBudget } from '../../station/lineBudget.ts'
import type { Devices } from '../../station/prepareLine.ts'
import type { IoView } from '../../../src-preload/contract/io.ts'
import { Jobs } from '../jobs.ts'
import { Latest } from '../latest.ts'
import { HandSwitches } from './handSwitches.ts'
import { viewIo } from './ioView.ts'
import { LineTimings, type TimingParts } from './lineTimings.ts'
import { partScope } from './partScope.ts'
import { runLoops, type LoopReport } from './runLoops.ts'
import { SharedLink, type OpenLink } from './sharedLink.ts'
import { testLink, type LinkReport, type LinkStep } from './testLink.ts'
import { trafficLog } from './trafficLog.ts'

export interface IoParts extends TimingParts {
  readonly clock: ClockPort
  readonly keepLineTest: (test: LineTest) => Promise<Result<null>>
}

/** A screen: its connection's session, or whatever else tells one from another. */
type Screen = object

/** Reading takes the link's time, of which a running line has none to give away. */
const readEveryMs = { standing: 200, running: 1_000 }

/** The I/O screen's side of the station: shows what crosses the PLC port, and lets one armed screen move coils by hand and run the tests. */
export class IoControl {
  readonly traffic = trafficLog()
  readonly #views = new Latest<IoView>()
  readonly #parts: IoParts
  readonly #scope = partScope()
  readonly #timings: LineTimings
  readonly #link: SharedLink
  readonly #jobs: Jobs
  readonly #switches: HandSwitches
  readonly #screens = new Map<Screen, number>()
  #following = new AbortController()
  #heard: OpenLink['plc'] | null = null
  #stopTraffic: (() => void) | null = null
  #registers: readonly RegisterRow[] = []
  #registersFault: Fault | null = null
  #loops: LoopReport | null = null
  #linkTest: LinkReport | null = null
  #linkStep: LinkStep | null = null
  #plugged = new AbortController()

  constructor(parts: IoParts) {
    const show = (): void => { this.#show() }
    this.#parts = parts
    this.#jobs = new Jobs(parts.clock, show)
    this.#switches = new HandSwitches(parts.clock, show)
    this.#timings = new LineTimings(parts, this.#scope)
    this.#link = new SharedLink({
      mode: parts.mode, active: parts.active,
      beforeClose: () => this.#switches.allOff(),
      onChange: () => { this.#followLink() },
      onTracked: (part) => { this.#scope.track(part) },
      onOrder: (order) => { this.#scope.order(order) },
      onReceipt: (order, receipt) => {
        this.#scope.receive(order, receipt)
        this.#timings.keep()
        this.#show()
      },
    })
  }

  /** The same devices, each PLC with an ear on it. */
  tap(devices: Devices): Devices { return this.#link.tap(devices) }

  /** Whole views for one screen; when `stream` ends, everything that it switched on goes off. */
  async *watch(screen: Screen, stream: (views: Latest<IoView>) => AsyncGenerator<IoView>): AsyncGenerator<IoView, void> {
    this.#screens.set(screen, (this.#screens.get(screen) ?? 0) + 1)
    if (this.#following.signal.aborted || this.#screens.size === 1) this.#follow()
    try {
      for await (const view of stream(this.#views)) yield { ...view, armed: view.armed && { ...view.armed, byThisScreen: this.#switches.isArmedBy(screen) } }
    } finally {
      await this.#leave(screen)
    }
  }

  arm(screen: Screen): Result<null> {
    if (!this.#link.current) return fail(fault('plc/unreachable', 'no PLC is open'))
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
    const { clock, mode, draft, keepLineTest } = this.#parts
    const basis = lineBasis(draft())
    return this.#jobs.run('ioLoops', async (report, signal) => {
      await this.#timings.recall()
      const { source, fastestDecisionMs, slowestDecisionMs } = this.#timings.now
      const decisionMs = source === 'parts' ? slowestDecisionMs : fastestDecisionMs
      this.#loops = await runLoops({ plc, reject: outputs.reject, settings: line, decisionMs }, clock, report, signal)
      return mode() === 'commissioning' ? keepLineTest(lineTestOf(this.#loops, basis, clock.wallTime())) : succeed(null)
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
    await this.#timings.recall()
    return lineBudget(belt, this.#timings.now, reject, encoder)
  }

  async close(): Promise<void> {
    this.#following.abort()
    this.#jobs.cancelAll()
    await this.#link.closeOwn()
  }

  #armedLink(screen: Screen): Result<OpenLink> {
    if (!this.#link.current) return fail(fault('plc/unreachable', 'no PLC is open'))
    if (this.#parts.mode() === 'running') return fail(fault('request/wrongMode', 'the station is running: its outputs are moved by parts'))
    return this.#switches.isArmedBy(screen) ? succeed(this.#link.current) : fail(fault('request/wrongMode', 'this screen is not armed'))
  }

  #follow(): void {
    this.#following = new AbortController()
    const { signal } = this.#following
    const { clock, mode } = this.#parts
    this.#hearTraffic()
    void (async () => {
      while (!signal.aborted) {
        await this.#link.openOwn(signal)
        await this.#readRegisters()
        await this.#timings.recall()
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
    await this.#link.closeOwn()
  }

  /** A station that begins to run opens the link that it kept while it stood still: nothing is left on by hand. */
  #followLink(): void {
    if (this.#parts.mode() === 'running') void this.disarm()
    const plc = this.#link.current?.plc ?? null
    if (plc !== this.#heard) {
      this.#heard = plc
      this.#registers = []
      if (plc) this.#timings.beginRecipe()
      else this.#switches.forget()
      this.#hearTraffic()
    }
    this.#show()
  }

  #hearTraffic(): void {
    this.#stopTraffic?.()
    this.#stopTraffic = this.#heard && this.#screens.size > 0 ? this.#heard.onTraffic((entry) => { this.traffic.add(entry) }) : null
  }

  async #readRegisters(): Promise<void> {
    const plc = this.#heard
    if (!plc) return
    const rows = await plc.registers()
    if (this.#heard !== plc) return
    if (rows.ok) this.#registers = rows.value
    this.#registersFault = rows.ok ? null : rows.fault
  }

  #show(): void {
    if (this.#screens.size === 0) return
    this.#views.set(viewIo({
      mode: this.#parts.mode(), link: this.#link.current, switches: this.#switches, scope: this.#scope, registers: this.#registers, registersFault: this.#registersFault,
      timing: this.#timings.now, loops: this.#loops, linkTest: this.#linkTest, linkStep: this.#linkStep, jobs: this.#jobs.views,
    }))
  }
}

const lineTestOf = ({ wanted, done, latencyMs, timingErrorMs, allowedMs, trouble }: LoopReport, basis: string, wallTime: string): LineTest =>
  ({ basis, wanted, done, latencyMs: latencyMs && { p50: latencyMs.p50, p99: latencyMs.p99, max: latencyMs.max }, timingErrorMs, allowedMs, passed: trouble === null, wallTime })

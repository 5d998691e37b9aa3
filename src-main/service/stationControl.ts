import { fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { ClosedInspection } from '../domain/inspection.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { ChallengeTest, ControlHolder, StationMode } from '../domain/station.ts'
import { frameLimitsFrom } from '../learning/frameLimits.ts'
import { createLineTelemetry } from '../monitoring/lineTelemetry.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { EvidencePort, EvidenceTotals } from '../ports/evidence.ts'
import type { PlcPort } from '../ports/plc.ts'
import { fetchRecipe, keepRecipe } from '../records/recipeRegistry.ts'
import { timingDocument } from '../station/budgetProof.ts'
import { usableBaseline } from '../station/commissioning/baselineFlags.ts'
import { rehearsedTiming } from '../station/commissioning/lineRehearsal.ts'
import { makeRecipe } from '../station/commissioning/makeRecipe.ts'
import { isReadyToRun } from '../station/commissioning/steps.ts'
import { Station } from '../station/station.ts'
import type { StationParts } from '../station/stationParts.ts'
import type { StationView } from '../../src-preload/contract/views.ts'
import { isSimulated } from './captureBaseline.ts'
import { challengeOf } from './challengeOf.ts'
import type { Commissioning } from './commissioning.ts'
import { Latest } from './latest.ts'
import { LineCommands } from './lineCommands.ts'
import { parseRecipe } from './parseRecipe.ts'
import { sealDraft } from './sealDraft.ts'
import { viewStation } from './stationView.ts'

/** What this station was doing, kept so that a power cut brings it back to the same. */
export interface StationSettings {
  readonly active: { readonly recipe: Sha256; readonly plcTarget: string } | null
  readonly isRunning: boolean
  readonly isCommissioning: boolean
  /** Who commands the station; absent: a person. */
  readonly control?: ControlHolder
}

export const freshSettings: StationSettings = { active: null, isRunning: false, isCommissioning: false }

export interface ControlParts {
  readonly station: Omit<StationParts, 'whenEmpty'>
  readonly commissioning: Commissioning
  readonly settings: StationSettings
  readonly onRecorded: (inspection: ClosedInspection) => void
  readonly onClosed: (inspection: ClosedInspection) => void
  readonly version: string
}

/** Who holds the devices, the station or the wizard, and what of that survives a restart. Every change of it is audited. */
export class StationControl {
  readonly views = new Latest<StationView>()
  readonly station: Station
  readonly line: LineCommands
  readonly #parts: ControlParts
  readonly #evidence: EvidencePort
  readonly #telemetry = createLineTelemetry()
  readonly #coils = new Map<number, boolean>()
  #settings: StationSettings
  #totals: EvidenceTotals | null = null
  #counting = false
  #storedChallenge: ChallengeTest | null = null

  constructor(parts: ControlParts) {
    this.#parts = parts
    this.#settings = parts.settings
    this.#evidence = parts.station.evidence
    this.station = new Station({ ...parts.station, openPlc: (target) => this.#watchCoils(parts.station.openPlc(target)), whenEmpty: 'wait' }, {
      onChange: () => { this.#show() },
      onRecorded: (inspection) => {
        this.#telemetry.add(inspection)
        parts.onRecorded(inspection)
        void this.#count()
      },
      onClosed: (inspection) => {
        this.#telemetry.close(inspection)
        parts.onClosed(inspection)
        this.#show()
      },
      onEmpty: () => undefined,
    })
    this.line = new LineCommands(this.station, (what, who, control) => this.#save(control ? { control } : {}, what, who))
  }

  get mode(): StationMode {
    if (this.#settings.isCommissioning) return 'commissioning'
    const { name } = this.station.state
    return name === 'boot' || name === 'preoperational' ? 'empty' : name === 'offline' ? 'stopped' : 'running'
  }

  get camera(): CameraPort | null { return this.#parts.commissioning.camera ?? this.station.devices?.camera ?? null }

  /** Where the last session was: in the wizard, running, or standing still with its recipe. */
  async resume(): Promise<Result<null>> {
    await this.#count()
    await this.#recallChallenge()
    const { active, isRunning, isCommissioning, control = 'human' } = this.#settings
    if (active) {
      const recipe = await fetchRecipe(this.#evidence, active.recipe, parseRecipe)
      if (!recipe.ok) return recipe
      this.station.activate({ recipe: recipe.value, hash: active.recipe, plcTarget: active.plcTarget })
    } else this.station.boot()
    if (isCommissioning) return this.#parts.commissioning.enter(undefined)
    this.station.setControl(control)
    if (active && isRunning) this.station.run()
    this.#show()
    return succeed(null)
  }

  async run(): Promise<Result<null>> {
    const saved = await this.#save({ isRunning: true }, 'station.run')
    if (saved.ok) this.station.run()
    return saved
  }

  async stop(): Promise<Result<null>> {
    await this.station.stop()
    return this.#save({ isRunning: false, control: 'human' }, 'station.stop')
  }

  async beginCommissioning(name: string | undefined, source: string | undefined): Promise<Result<null>> {
    const { commissioning } = this.#parts
    const saved = await this.#save({ isCommissioning: true }, 'commissioning.begin')
    if (!saved.ok) return saved
    const entered = await commissioning.enter(name)
    this.#show()
    return entered.ok && source !== undefined ? commissioning.chooseCamera(source) : entered
  }

  async leaveCommissioning(): Promise<Result<null>> {
    await this.#parts.commissioning.leave()
    return this.#save({ isCommissioning: false }, 'commissioning.leave')
  }

  /** The draft becomes a recipe under its hash, the station takes it over, and runs. */
  async finishCommissioning(): Promise<Result<null>> {
    const { commissioning } = this.#parts
    const { draft } = commissioning
    if (!isReadyToRun(draft) || !draft.camera) return fail(fault('request/wrongMode', 'a step of commissioning has not passed'))
    const qualities = usableBaseline(draft.baseline).map((frame) => frame.quality)
    const unsealed = makeRecipe(draft, frameLimitsFrom(qualities, draft.camera.frameSize))
    const sealed = await sealDraft(unsealed, draft, this.#parts.station)
    if (!sealed.ok) return sealed
    const recipe = sealed.value
    const hash = await keepRecipe(this.#evidence, recipe)
    if (!hash.ok) return hash
    const rehearsed = await this.#evidence.saveDocument(timingDocument(hash.value), rehearsedTiming(draft))
    if (!rehearsed.ok) return rehearsed
    await commissioning.leave()
    this.station.activate({ recipe, hash: hash.value, plcTarget: draft.plc.target })
    const active = { recipe: hash.value, plcTarget: draft.plc.target }
    const saved = await this.#save({ active, isCommissioning: false, isRunning: true }, 'recipe.activate')
    if (saved.ok) this.station.run()
    return saved
  }

  inject(what: string): Result<null> {
    const { camera } = this
    if (!camera || !isSimulated(camera)) return fail(fault('request/wrongMode', 'no simulated camera is open'))
    const injected = camera.controls.inject(what)
    return injected.ok ? succeed(null) : injected
  }

  /** Whoever holds the outputs, station or wizard, makes them safe. */
  reportBug(error: unknown): void {
    this.#parts.commissioning.makeOutputsSafe()
    this.station.reportBug(error)
  }

  async close(): Promise<void> {
    await this.#parts.commissioning.leave()
    await this.station.stop()
  }

  async #save(change: Partial<StationSettings>, what: string, who = 'local'): Promise<Result<null>> {
    const before = this.#settings
    const after = { ...before, ...change }
    const saved = await this.#evidence.saveDocument('station', after)
    if (!saved.ok) return saved
    this.#settings = after
    this.#show()
    const audited = await this.#evidence.audit({ who, what, before, after })
    return audited.ok ? succeed(null) : audited
  }

  #show(): void {
    const { version } = this.#parts
    this.views.set(viewStation({ mode: this.mode, station: this.station, telemetry: this.#telemetry, totals: this.#totals, coils: this.#coils, camera: this.camera, storedChallenge: this.#storedChallenge, version }))
  }

  /** From before this start of the program. */
  async #recallChallenge(): Promise<void> {
    const found = await this.#evidence.recent(1, { isChallenge: true })
    this.#storedChallenge = found.ok && found.value[0] ? challengeOf(found.value[0]) : null
  }

  /** The store counts; asking it once after a burst of parts is enough for a screen. */
  async #count(): Promise<void> {
    if (this.#counting) return
    this.#counting = true
    const totals = await this.#evidence.totals()
    this.#counting = false
    if (totals.ok) this.#totals = totals.value
    this.#show()
  }

  async #watchCoils(opening: Promise<Result<PlcPort>>): Promise<Result<PlcPort>> {
    const plc = await opening
    if (plc.ok) plc.value.onCoil((coil, isOn) => {
      this.#coils.set(coil, isOn)
      this.#show()
    })
    return plc
  }
}

import type { AlignmentLesson } from '../domain/alignment.ts'
import { fault, type FaultCode } from '../domain/fault.ts'
import { fingerprintOf } from '../domain/fingerprint.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { LineSettings } from '../domain/lineSettings.ts'
import type { Calibration, OutputName, OutputWiring } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LearnerPort, SettingTimer } from '../ports/learner.ts'
import type { ImporterPort } from '../ports/importer.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PatchPort } from '../ports/patches.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { applyAction, planLearning, type CommissioningAction } from '../station/commissioning/applyAction.ts'
import { emptyDraft, type CommissioningDraft, type DraftRegion, type LineTest, type Signature } from '../station/commissioning/draft.ts'
import { extendVisit } from '../station/commissioning/journal.ts'
import { isReadyToRun, viewSteps, type StepId } from '../station/commissioning/steps.ts'
import type { Person } from '../domain/person.ts'
import { pendingParts } from '../station/commissioning/knownBad.ts'
import type { Devices } from '../station/prepareLine.ts'
import type { CommissioningView } from '../../src-preload/contract/commissioningView.ts'
import { captureParts, type PartSource } from './captureBaseline.ts'
import { viewCommissioning } from './commissioningView.ts'
import { DraftDevices } from './draftDevices.ts'
import { DraftModels } from './draftModels.ts'
import { Jobs, type ReportProgress } from './jobs.ts'
import { Latest } from './latest.ts'
import { learnDraft } from './learnDraft.ts'
import { scoreKnownBad } from './scoreKnownBad.ts'
import { teachDraftAlignment } from './teachDraftAlignment.ts'

export interface CommissioningParts extends Devices {
  readonly clock: ClockPort
  readonly evidence: EvidencePort
  readonly pixels: PixelsPort
  readonly learner: LearnerPort & SettingTimer
  readonly patches: PatchPort
  readonly importer: ImporterPort
  readonly model: ModelPort
  readonly sources: () => CommissioningView['sources']
  /** The last saved draft of this station, or undefined. */
  readonly saved: CommissioningDraft | undefined
}

/** Before a recipe says how large a frame may be: 64 Mpx, above any line camera in use. */
const maxPixels = 64_000_000

/** The draft's one owner: each command opens what it needs, applies one action, and answers after the draft is saved. */
export class Commissioning {
  readonly views = new Latest<CommissioningView>()
  readonly models: DraftModels
  readonly #parts: CommissioningParts
  readonly #jobs: Jobs
  readonly #devices: DraftDevices
  #draft: CommissioningDraft
  #lastSave: Promise<unknown> = Promise.resolve()
  #lastActionMs: number

  constructor(parts: CommissioningParts) {
    this.#parts = parts
    this.#draft = { ...emptyDraft, ...parts.saved }
    this.#lastActionMs = parts.clock.monotonicMs()
    const show = (): void => { this.#show() }
    this.#jobs = new Jobs(parts.clock, show)
    this.#devices = new DraftDevices({ ...parts, maxPixels, onChange: show })
    this.models = new DraftModels({ ...parts, maxPixels, jobs: this.#jobs, draft: () => this.#draft, apply: (action) => this.#apply(action) })
    this.#show()
  }

  get draft(): CommissioningDraft { return this.#draft }
  get camera(): CameraPort | null { return this.#devices.camera }
  cancelJob(id: string): Result<null> { return this.#jobs.cancel(id) }

  /** What was taken to learn from or to measure misses was inspected by the technician, and is not a part of the line. */
  baselineKeys(): readonly string[] { return [...this.#draft.baseline, ...this.#draft.knownBad].map((part) => part.sourceKey) }

  /** Opens the devices of the draft again; one that cannot be opened shows in its step, and does not keep anybody out. */
  async enter(name: string | undefined): Promise<Result<null>> {
    if (this.#draft.camera) await this.#devices.openCamera(this.#draft.camera.source)
    await this.#devices.openPlc(this.#draft.plc.target, this.#draft.plc.wiring, this.#draft.line)
    return name === undefined ? succeed(null) : this.#apply({ kind: 'named', name })
  }

  async leave(): Promise<void> {
    this.#jobs.cancelAll()
    await this.#devices.close()
  }

  async startOver(): Promise<Result<null>> {
    await this.leave()
    return this.#save({ ...emptyDraft, revision: this.#draft.revision + 1 })
  }

  async chooseCamera(source: string): Promise<Result<null>> {
    if (this.#jobs.isBusy) return this.#busy()
    const opened = await this.#devices.openCamera(source)
    if (!opened.ok) return opened
    const seen = await this.#devices.look(opened.value)
    if (!seen.ok) return seen
    return this.#apply({ kind: 'cameraChosen', camera: { source, isSimulated: opened.value.isSimulated, ...seen.value } })
  }

  setRegions(regions: readonly DraftRegion[]): Promise<Result<null>> { return this.#apply({ kind: 'regionsSet', regions }) }

  /** Null: parts lie still. What was taught before stays in force when the new rectangle is refused. */
  setAlignment(lesson: AlignmentLesson | null): Promise<Result<null>> {
    if (!lesson) return this.#apply({ kind: 'alignmentSet', alignment: null })
    const { frames } = planLearning(this.#draft)
    return this.#jobs.run('setAlignment', async (report, signal) => {
      const alignment = await teachDraftAlignment(lesson, frames, { ...this.#parts, camera: this.#devices.camera, maxPixels }, report, signal)
      return alignment.ok ? this.#apply({ kind: 'alignmentSet', alignment: alignment.value }) : alignment
    })
  }

  setCalibration(calibration: Calibration | null): Promise<Result<null>> { return this.#apply({ kind: 'calibrated', calibration }) }
  captureBaseline(count: number): Promise<Result<null>> {
    const { camera } = this.#devices
    if (!camera) return Promise.resolve(fail(fault('camera/unavailable', 'no camera is open')))
    return this.#jobs.run('captureBaseline', (report, signal) => captureParts(count, {
      ...this.#partsOf(camera), supply: 'good', keep: (frame) => this.#apply({ kind: 'baselineCaptured', frame }),
    }, report, signal))
  }

  /** Parts that are defective for sure; scored at once when there are models. Without a kind, a simulated world's own word is taken. */
  captureKnownBad(count: number, kind: string): Promise<Result<null>> {
    const { camera } = this.#devices
    if (!camera) return Promise.resolve(fail(fault('camera/unavailable', 'no camera is open')))
    return this.#jobs.run('captureKnownBad', async (report, signal) => {
      const taken = await captureParts(count, {
        ...this.#partsOf(camera), supply: 'defective',
        keep: ({ id, sourceKey, mediaType }, truth) => this.#apply({ kind: 'knownBadCaptured', part: { id, sourceKey, mediaType, kind: kind || (truth?.defects.join(', ') ?? '') } }),
      }, report, signal)
      return taken.ok ? this.#scoreKnownBad(report, signal) : taken
    })
  }

  nameKnownBad(id: Sha256, name: string): Promise<Result<null>> { return this.#apply({ kind: 'knownBadNamed', id, name }) }
  removeKnownBad(ids: readonly string[]): Promise<Result<null>> { return this.#apply({ kind: 'knownBadRemoved', ids }) }

  /** What a cancelled job has left unscored. */
  scoreKnownBad(): Promise<Result<null>> { return this.#jobs.run('scoreKnownBad', (report, signal) => this.#scoreKnownBad(report, signal)) }

  removeBaseline(ids: readonly string[]): Promise<Result<null>> { return this.#apply({ kind: 'baselineRemoved', ids }) }

  learn(): Promise<Result<null>> {
    return this.#jobs.run('learn', async (report, signal) => {
      const learnt = await learnDraft(this.#draft, { ...this.#parts, maxPixels }, report, signal)
      const kept = learnt.ok ? await this.#apply({ kind: 'learnt', ...learnt.value }) : learnt
      return kept.ok ? this.#scoreKnownBad(report, signal) : kept
    })
  }

  async choosePlc(target: string, wiring: OutputWiring): Promise<Result<null>> {
    const opened = await this.#devices.openPlc(target, wiring, this.#draft.line)
    return opened.ok ? this.#apply({ kind: 'plcChosen', target, wiring }) : opened
  }

  /** Null: the camera triggers and nothing is confirmed. The PLC hears of it at once: which inputs it reads depends on it; its health says how it took it. */
  async setLine(line: LineSettings | null): Promise<Result<null>> {
    const wired = (settings: LineSettings | null | undefined): string => fingerprintOf(settings && { ...settings, belt: null })
    if (wired(line) !== wired(this.#draft.line)) await this.#devices.plc?.open({ outputs: this.#draft.plc.wiring, ...(line && { line }) })
    return this.#apply({ kind: 'lineSet', line })
  }

  keepLineTest(test: LineTest): Promise<Result<null>> { return this.#apply({ kind: 'lineTested', test }) }

  async testOutput(output: OutputName): Promise<Result<null>> {
    const line = this.#draft.plc.wiring[output]
    const { plc } = this.#devices
    if (!plc || !line) return fail(fault('plc/unreachable', line ? 'no PLC is open' : `${output} is not wired`))
    return this.#apply({ kind: 'outputTested', output, receipt: await plc.drive({ output, line, part: null, askedMs: this.#parts.clock.monotonicMs(), outcome: null, defectClass: 0, processMs: 0 }) })
  }

  confirmOutput(output: OutputName, seen: boolean): Promise<Result<null>> { return this.#apply({ kind: 'outputConfirmed', output, seen }) }

  openStep(step: StepId): Promise<Result<null>> { return this.#apply({ kind: 'stepOpened', step, at: this.#now() }) }
  noteSetback(code: FaultCode): Promise<Result<null>> { return this.#apply({ kind: 'setBack', code, at: this.#now() }) }
  setNotCovered(kinds: readonly string[]): Promise<Result<null>> { return this.#apply({ kind: 'notCoveredSet', kinds }) }

  waive(id: StepId, reason: string, who: string): Promise<Result<null>> {
    const step = viewSteps(this.#draft).find((one) => one.id === id)!
    if (!step.mayBeWaived) return Promise.resolve(fail(fault('request/invalid', `no station can do without the step ${id}`)))
    return this.#apply({ kind: 'waived', waiver: { step: id, reason, who, at: this.#now() } })
  }

  sign({ name, role }: Person, meaning: Signature['meaning']): Promise<Result<null>> {
    if (!isReadyToRun(this.#draft)) return Promise.resolve(fail(fault('request/wrongMode', 'a step of commissioning has not passed')))
    return this.#apply({ kind: 'signed', signature: { name, role, meaning, at: this.#now() } })
  }

  #now(): string { return this.#parts.clock.wallTime() }

  makeOutputsSafe(): void { void this.#devices.plc?.makeSafe() }

  async #scoreKnownBad(report: ReportProgress, signal: AbortSignal): Promise<Result<null>> {
    const { camera, alignment } = this.#draft
    const pending = pendingParts(this.#draft)
    if (!camera || pending.length === 0) return succeed(null)
    return scoreKnownBad(pending, {
      ...this.#parts, maxPixels, frameSize: camera.frameSize, alignment: alignment?.taught,
      keep: (scores) => this.#apply({ kind: 'knownBadScored', scores }),
      refuse: (id, why) => this.#apply({ kind: 'knownBadNotScorable', id, fault: why }),
    }, report, signal)
  }

  #partsOf(camera: CameraPort): Omit<PartSource, 'supply' | 'keep'> {
    const { pixels, evidence, clock } = this.#parts
    return { camera, pixels, evidence, maxPixels, sleep: (ms, stop) => clock.sleep(ms, stop), isTaken: (trigger) => this.baselineKeys().includes(trigger.sourceKey) }
  }

  /** One action at a time: each is applied to the draft that the one before it saved. */
  #apply(action: CommissioningAction): Promise<Result<null>> {
    const saved = this.#lastSave.then(() => {
      const nowMs = this.#parts.clock.monotonicMs()
      const visits = extendVisit(this.#draft, nowMs - this.#lastActionMs)
      this.#lastActionMs = nowMs
      return this.#save(applyAction({ ...this.#draft, visits }, action))
    })
    this.#lastSave = saved
    return saved
  }

  /** The draft changes when it is saved, not before: what a screen shows would survive a kill. */
  async #save(draft: CommissioningDraft): Promise<Result<null>> {
    const saved = await this.#parts.evidence.saveDocument('commissioning', draft)
    if (!saved.ok) return saved
    this.#draft = draft
    this.#show()
    return succeed(null)
  }

  #show(): void {
    const { plc } = this.#devices
    this.views.set(viewCommissioning({ draft: this.#draft, sources: this.#parts.sources(), plc: plc && { isSimulated: plc.isSimulated, health: plc.health() }, jobs: this.#jobs.views }))
  }

  #busy(): Result<never> { return fail(fault('request/wrongMode', 'wait for the job under way, or cancel it')) }
}

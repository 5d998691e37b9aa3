import { fault, type Fault } from '../domain/fault.ts'
import type { OutputName, OutputWiring } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { clopperPearson } from '../learning/proportion.ts'
import type { CameraPort } from '../ports/camera.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { LearnerPort } from '../ports/learner.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { PlcPort } from '../ports/plc.ts'
import { applyAction, planLearning, type CommissioningAction } from '../station/commissioning/applyAction.ts'
import { emptyDraft, type CommissioningDraft, type DraftRegion } from '../station/commissioning/draft.ts'
import type { Devices } from '../station/prepareLine.ts'
import type { CommissioningView } from '../../src-preload/contract/views.ts'
import { captureBaseline } from './captureBaseline.ts'
import { viewCommissioning } from './commissioningView.ts'
import { Jobs } from './jobs.ts'
import { Latest } from './latest.ts'
import { learnModels } from './learnModels.ts'

export interface CommissioningParts extends Devices {
  readonly clock: ClockPort
  readonly evidence: EvidencePort
  readonly pixels: PixelsPort
  readonly learner: LearnerPort
  readonly sources: () => CommissioningView['sources']
  /** The last saved draft of this station, or undefined. */
  readonly saved: CommissioningDraft | undefined
}

/** Before a recipe says how large a frame may be: 64 Mpx, above any line camera in use. */
const maxPixels = 64_000_000
const inputSize = 256
const seed = 1

/** The draft's one owner: each command opens what it needs, applies one action, and answers after the draft is saved. */
export class Commissioning {
  readonly views = new Latest<CommissioningView>()
  readonly #parts: CommissioningParts
  readonly #jobs: Jobs
  #draft: CommissioningDraft
  #camera: CameraPort | null = null
  #plc: PlcPort | null = null
  #lastSave: Promise<unknown> = Promise.resolve()

  constructor(parts: CommissioningParts) {
    this.#parts = parts
    this.#draft = parts.saved ?? emptyDraft
    this.#jobs = new Jobs(parts.clock, () => { this.#show() })
    this.#show()
  }

  get draft(): CommissioningDraft { return this.#draft }
  get camera(): CameraPort | null { return this.#camera }
  cancelJob(id: string): Result<null> { return this.#jobs.cancel(id) }

  /** What was used to learn from was inspected by the technician, and is not a part of the line. */
  baselineKeys(): readonly string[] { return this.#draft.baseline.map((frame) => frame.sourceKey) }

  /** Opens the devices of the draft again; one that cannot be opened shows in its step, and does not keep anybody out. */
  async enter(name: string | undefined): Promise<Result<null>> {
    if (this.#draft.camera) await this.#openCamera(this.#draft.camera.source)
    await this.#openPlc(this.#draft.plc.target, this.#draft.plc.wiring)
    return name === undefined ? succeed(null) : this.#apply({ kind: 'named', name })
  }

  async leave(): Promise<void> {
    this.#jobs.cancelAll()
    await Promise.all([this.#camera?.close(), this.#plc?.close()])
    this.#camera = this.#plc = null
  }

  async startOver(): Promise<Result<null>> {
    await this.leave()
    return this.#save({ ...emptyDraft, revision: this.#draft.revision + 1 })
  }

  async chooseCamera(source: string): Promise<Result<null>> {
    if (this.#jobs.isBusy) return this.#busy()
    const opened = await this.#openCamera(source)
    if (!opened.ok) return opened
    const seen = await this.#look(opened.value)
    if (!seen.ok) return seen
    return this.#apply({ kind: 'cameraChosen', camera: { source, isSimulated: opened.value.isSimulated, ...seen.value } })
  }

  setRegions(regions: readonly DraftRegion[]): Promise<Result<null>> { return this.#apply({ kind: 'regionsSet', regions }) }

  captureBaseline(count: number): Promise<Result<null>> {
    const camera = this.#camera
    if (!camera) return Promise.resolve(fail(fault('camera/unavailable', 'no camera is open')))
    const { pixels, evidence } = this.#parts
    return this.#jobs.run('captureBaseline', (report, signal) => captureBaseline(count, {
      camera, pixels, evidence, maxPixels, sleep: (ms, stop) => this.#parts.clock.sleep(ms, stop),
      isTaken: (trigger) => this.baselineKeys().includes(trigger.sourceKey),
      keep: (frame) => this.#apply({ kind: 'baselineCaptured', frame }),
    }, report, signal))
  }

  removeBaseline(ids: readonly string[]): Promise<Result<null>> { return this.#apply({ kind: 'baselineRemoved', ids }) }

  learn(): Promise<Result<null>> {
    const { camera, regions } = this.#draft
    if (!camera) return Promise.resolve(fail(fault('camera/unavailable', 'no camera was chosen')))
    const { basis, frames } = planLearning(this.#draft)
    return this.#jobs.run('learn', async (report, signal) => {
      const learnt = await learnModels(frames, { regions, frameSize: camera.frameSize, inputSize, seed }, { ...this.#parts, maxPixels }, report, signal)
      return learnt.ok ? this.#apply({ kind: 'learnt', basis, frameIds: frames.map((frame) => frame.id), regions: learnt.value }) : learnt
    })
  }

  setThreshold(choice: Omit<Extract<CommissioningAction, { kind: 'thresholdSet' }>, 'kind' | 'expectedFalseRejects'>): Promise<Result<null>> {
    const region = this.#draft.learnt?.regions.find((one) => one.regionId === choice.regionId)
    if (!region) return Promise.resolve(fail(fault('request/notFound', `region ${choice.regionId} has not been learnt`)))
    if (choice.unsureAbove > choice.failAbove) return Promise.resolve(fail(fault('request/invalid', 'unsureAbove is over failAbove')))
    const scores = region.holdOutScores
    const over = scores.filter((score) => score > choice.unsureAbove).length
    return this.#apply({ kind: 'thresholdSet', ...choice, expectedFalseRejects: clopperPearson(over, scores.length) })
  }

  async choosePlc(target: string, wiring: OutputWiring): Promise<Result<null>> {
    const opened = await this.#openPlc(target, wiring)
    return opened.ok ? this.#apply({ kind: 'plcChosen', target, wiring }) : opened
  }

  async testOutput(output: OutputName): Promise<Result<null>> {
    const line = this.#draft.plc.wiring[output]
    if (!this.#plc || !line) return fail(fault('plc/unreachable', line ? 'no PLC is open' : `${output} is not wired`))
    return this.#apply({ kind: 'outputTested', output, receipt: await this.#plc.drive(output, line) })
  }

  confirmOutput(output: OutputName, seen: boolean): Promise<Result<null>> { return this.#apply({ kind: 'outputConfirmed', output, seen }) }

  makeOutputsSafe(): void { void this.#plc?.makeSafe() }

  /** One action at a time: each is applied to the draft that the one before it saved. */
  #apply(action: CommissioningAction): Promise<Result<null>> {
    const saved = this.#lastSave.then(() => this.#save(applyAction(this.#draft, action)))
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
    const plc = this.#plc && { isSimulated: this.#plc.isSimulated, health: this.#plc.health() }
    this.views.set(viewCommissioning({ draft: this.#draft, sources: this.#parts.sources(), plc, jobs: this.#jobs.views }))
  }

  async #openCamera(source: string): Promise<Result<CameraPort>> {
    await this.#camera?.close()
    this.#camera = null
    const camera = await this.#parts.openCamera(source)
    const opened = camera.ok ? await camera.value.open({}) : camera
    if (!opened.ok || !camera.ok) return opened as { ok: false; fault: Fault }
    this.#camera = camera.value
    return camera
  }

  async #look(camera: CameraPort): Promise<Result<Pick<NonNullable<CommissioningDraft['camera']>, 'achieved' | 'frameSize'>>> {
    const shown = await camera.preview()
    if (!shown) return fail(fault('camera/timeout', `${camera.name} has shown no picture yet; put one in its folder, then choose it again`))
    const opened = shown.ok ? await this.#parts.pixels.open(shown.value, maxPixels) : shown
    if (!opened.ok) return opened
    const { image, settings } = opened.value
    return succeed({ achieved: settings.achieved, frameSize: { widthPx: image.widthPx, heightPx: image.heightPx } })
  }

  async #openPlc(target: string, wiring: OutputWiring): Promise<Result<PlcPort>> {
    await this.#plc?.close()
    this.#plc = null
    const plc = await this.#parts.openPlc(target)
    const opened = plc.ok ? await plc.value.open(wiring) : plc
    if (!opened.ok || !plc.ok) return opened as { ok: false; fault: Fault }
    this.#plc = plc.value
    plc.value.onHealth(() => { this.#show() })
    this.#show()
    return plc
  }

  #busy(): Result<never> { return fail(fault('request/wrongMode', 'wait for the job under way, or cancel it')) }
}

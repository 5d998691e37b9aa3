import { alignmentDefaults, type AlignmentTravel } from '../../../src-main/domain/alignment.ts'
import type { Rectangle } from '../../../src-main/domain/geometry.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../../src-main/domain/fault.ts'
import type { LineSettings } from '../../../src-main/domain/lineSettings.ts'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import type { Calibration, DefectClass, ModelChoice, OutputName, OutputWiring } from '../../../src-main/domain/recipe.ts'
import { clopperPearson } from '../../../src-main/domain/clopperPearson.ts'
import { limitsFrom } from '../../../src-main/learning/threshold.ts'
import { viewCommissioning } from '../../../src-main/service/commissioningView.ts'
import { Latest } from '../../../src-main/service/latest.ts'
import { streamViews } from '../../../src-main/service/viewStream.ts'
import { applyAction, planLearning, type CommissioningAction, type ThresholdChoice } from '../../../src-main/station/commissioning/applyAction.ts'
import { emptyDraft, type CommissioningDraft, type DraftRegion } from '../../../src-main/station/commissioning/draft.ts'
import { detectorBasis, type DraftDetector } from '../../../src-main/station/commissioning/draftDetector.ts'
import { timingBasis } from '../../../src-main/station/commissioning/modelChoice.ts'
import type { CommissioningView } from '../../../src-preload/contract/commissioningView.ts'
import type { JobView, ReplayView, StationView } from '../../../src-preload/contract/views.ts'
import type { StepId } from '../../../src-main/station/commissioning/steps.ts'
import type { SessionView } from '../../../src-renderer/client/stationClient.ts'
import { testApplication, type HandlerCall, type TestApplication } from '../../support/testApplication.ts'
import { scriptedModels } from '../harness/scriptedModels.ts'
import { draftIo } from './draftIo.ts'
import { worldPictures } from './worldPictures.ts'

export interface DraftStation {
  readonly application: TestApplication
  readonly draft: () => CommissioningDraft
  readonly apply: (action: CommissioningAction) => void
  /** Names of the commands that arrived, in order. */
  readonly heard: string[]
  /** Long work takes a step at each call, or all by itself when `paceMs` is given. */
  readonly step: () => void
  readonly jobs: () => readonly JobView[]
}

const done = { ok: true, value: null } as const
const refuse = (code: Fault['code'], detail: string) => ({ ok: false, fault: { code, detail } }) as const
const widthPx = 640
const heightPx = 480
/** Drawing one takes a while; a station needs to look alive, not endless. */
const differentPictures = 12

/**
 * A station in commissioning whose draft, rules and views are the product's own; cameras, learning and the PLC are made up, and work
 * goes on when the test says so.
 */
export async function draftStation(options: { readonly draft?: Partial<CommissioningDraft>; readonly paceMs?: number; readonly replay?: ReplayView } = {}): Promise<DraftStation> {
  const takePicture = await worldPictures('plate')
  const views = new Latest<CommissioningView>()
  const heard: string[] = []
  const steps = new EventTarget()
  let draft: CommissioningDraft = { ...emptyDraft, name: 'Bearing plate 40', ...options.draft }
  let job: { view: JobView; abort: AbortController } | null = null
  const people: SessionView['people'] = []
  let pictures = 0

  const show = (): void =>
    views.set(viewCommissioning({
      draft,
      sources: ['plate', 'cap', 'weave'].map((name) => ({ source: `simulated:${name}`, kind: 'simulated' as const, name })),
      plc: { isSimulated: draft.plc.target === 'simulated', health: { status: 'ok', detail: 'connected' } },
      jobs: job ? [job.view] : [],
    }))
  const apply = (action: CommissioningAction) => {
    draft = applyAction(draft, action)
    show()
    return done
  }
  const nextStep = (signal: AbortSignal): Promise<unknown> =>
    options.paceMs !== undefined ? sleep(options.paceMs) : new Promise((resolve) => {
      steps.addEventListener('step', resolve, { once: true })
      signal.addEventListener('abort', resolve, { once: true })
    })
  /** `count` steps, each with its share done and its stage; false when it was cancelled. */
  const work = async (kind: JobView['kind'], count: number, stageOf: (share: number) => string, each: (i: number) => Promise<void>): Promise<boolean> => {
    const abort = new AbortController()
    job = { abort, view: { id: `job-${draft.revision}`, kind, done: 0, etaSeconds: null, stage: kind } }
    show()
    for (let i = 0; i < count && !abort.signal.aborted; i++) {
      await nextStep(abort.signal)
      if (abort.signal.aborted) break
      await each(i)
      job = { abort, view: { ...job.view, done: (i + 1) / count, etaSeconds: (count - i - 1) * 0.4, stage: stageOf((i + 1) / count) } }
      show()
    }
    job = null
    show()
    return !abort.signal.aborted
  }
  const capture = async (count: number) => {
    const first = draft.baseline.length
    await work('captureBaseline', count, () => 'capturing', async (i) => {
      const part = first + i + 1
      const { quality } = await takePicture(part)
      const isSoft = part % 17 === 0
      apply({ kind: 'baselineCaptured', frame: { id: String(part).padStart(64, '0') as Sha256, sourceKey: `plate/${part}`, mediaType: 'image/png', quality: { ...quality, focus: quality.focus * (isSoft ? 0.3 : 1), fingerprint: String(part) }, isSimulatedDefect: false } })
    })
    return done
  }
  const captureKnownBad = async (count: number, kind: string) => {
    await work('captureKnownBad', count, () => 'capturing', () => {
      const n = draft.knownBad.length + 1
      const id = String(n).padStart(64, 'd') as Sha256
      apply({ kind: 'knownBadCaptured', part: { id, sourceKey: `bad/${n}`, mediaType: 'image/png', kind: kind || 'dent' } })
      const scores = (draft.learnt?.regions ?? []).map(({ regionId, model }) => ({ partId: id, regionId, model: model.sha256, score: 10 + n }))
      return Promise.resolve(void apply({ kind: 'knownBadScored', scores }))
    })
    return done
  }
  const measureSettings = async (method: ModelChoice['method']) => {
    const finished = await work('measureSettings', draft.regions.length, () => 'measureSettings', () => Promise.resolve())
    const latencies = (['fast', 'standard', 'detailed'] as const).map((setting, i) => ({ setting, latencyMs: [7.4, 12.6, 31.2][i]! * draft.regions.length }))
    return finished ? apply({ kind: 'settingsTimed', timing: { basis: timingBasis(draft), method, latencies } }) : refuse('learning/cancelled', 'cancelled')
  }
  const importFile = async (path: string, take: () => typeof done) => {
    const finished = await work('importModel', 1, () => 'importModel', () => Promise.resolve())
    if (!finished) return refuse('learning/cancelled', 'cancelled')
    return path.endsWith('.onnx') ? take() : refuse('model/invalid', `${path}: this is not an ONNX model. Export it as ONNX.`)
  }
  const stages = ['reading', 'features', 'whitening', 'gaussians', 'holdOut', 'sealing']
  const learn = async () => {
    const { basis, frames } = planLearning(draft)
    const finished = await work('learn', 12, (share) => stages[Math.min(5, Math.floor(share * 6))]!, () => Promise.resolve())
    if (!finished) return refuse('learning/cancelled', 'cancelled')
    const regions = draft.regions.map((region, index) => {
      const holdOutScores = frames.map((_frame, i) => 9 + index + 2.4 * Math.abs(Math.sin(i * 12.9898 + index)) ** 1.7 + (i % 23 === 5 ? 2.5 : 0))
      const model = { sha256: 'ab'.repeat(32) as Sha256, bytes: 1_400_000, method: 'padim' as const, features: 'filterBank', inputWidthPx: 256, inputHeightPx: 192, mapWidth: 32, mapHeight: 24, baselineImages: frames.length, seed: 1 }
      return { regionId: region.id, model, limits: limitsFrom(holdOutScores), holdOutScores, seconds: 6.2 }
    })
    return apply({ kind: 'learnt', basis, frameIds: frames.map(({ id }) => id), regions })
  }
  const setThreshold = (input: ThresholdChoice) => {
    const scores = draft.learnt?.regions.find(({ regionId }) => regionId === input.regionId)?.holdOutScores ?? []
    return apply({ kind: 'thresholdSet', ...input, expectedFalseRejects: clopperPearson(scores.filter((score) => score > input.unsureAbove).length, scores.length) })
  }
  const commands: Record<string, (input: never) => unknown> = {
    leave: () => done,
    startOver: () => ((draft = { ...emptyDraft, revision: draft.revision + 1 }), show(), done),
    chooseCamera: ({ source }: { source: string }) =>
      source.startsWith('folder:')
        ? refuse('camera/unavailable', `${source.slice(7)}: no such directory`)
        : apply({ kind: 'cameraChosen', camera: { source, isSimulated: true, achieved: { exposureUs: 8_000 }, frameSize: { widthPx, heightPx } } }),
    setRegions: ({ regions }: { regions: readonly DraftRegion[] }) => apply({ kind: 'regionsSet', regions }),
    setAlignment: ({ lesson }: { lesson: { rectangle: Rectangle; travel: AlignmentTravel } | null }) =>
      lesson && (lesson.rectangle.width < 40 || draft.regions.length === 0)
        ? refuse('alignment/flat', 'hardly any edge')
        : apply({ kind: 'alignmentSet', alignment: lesson && { taught: { ...lesson, template: { reduction: 4, widthPx: 8, heightPx: 8, pixels: '' }, minScore: alignmentDefaults.minScore }, spread: draft.baseline.length === 0 ? null : { frames: draft.baseline.length, found: draft.baseline.length, shiftSdPx: 2.41, rotationSdDeg: 0.58, lowestScore: 0.931 } } }),
    setCalibration: ({ calibration }: { calibration: Calibration | null }) => apply({ kind: 'calibrated', calibration }),
    setCycleTime: ({ cycleTimeMs }: { cycleTimeMs: number }) => apply({ kind: 'cycleTimeSet', cycleTimeMs }),
    chooseModel: (choice: ModelChoice) => apply({ kind: 'modelChosen', choice }),
    measureSettings: ({ method }: Pick<ModelChoice, 'method'>) => measureSettings(method),
    importFeatures: ({ kind, path }: { kind: 'backbone' | 'anomalib'; path: string }) => importFile(path, () => apply({ kind: 'sourceSet', source: { kind, path, sha256: 'c'.repeat(64) as Sha256 } })),
    dropFeatures: () => apply({ kind: 'sourceSet', source: null }),
    importDetector: ({ regionId, path }: { regionId: RegionId; path: string }) => importFile(path, () => apply({ kind: 'detectorSet', detector: madeUpDetector(draft, regionId, path) })),
    dropDetector: ({ regionId }: { regionId: RegionId }) => apply({ kind: 'detectorRemoved', regionId }),
    setDetectorClasses: ({ regionId, classes }: { regionId: RegionId; classes: readonly DefectClass[] }) => apply({ kind: 'detectorClassesSet', regionId, classes }),
    captureBaseline: ({ count }: { count: number }) => capture(count),
    removeBaseline: ({ ids }: { ids: readonly string[] }) => apply({ kind: 'baselineRemoved', ids }),
    captureKnownBad: ({ count, kind }: { count: number; kind: string }) => captureKnownBad(count, kind),
    nameKnownBad: ({ id, kind }: { id: Sha256; kind: string }) => apply({ kind: 'knownBadNamed', id, name: kind }),
    removeKnownBad: ({ ids }: { ids: readonly string[] }) => apply({ kind: 'knownBadRemoved', ids }),
    replayThreshold: () => ({ ok: true, value: options.replay ?? null }),
    learn,
    setThreshold,
    choosePlc: ({ target, wiring }: { target: string; wiring: OutputWiring }) => apply({ kind: 'plcChosen', target, wiring }),
    setLine: ({ line }: { line: LineSettings | null }) => apply({ kind: 'lineSet', line }),
    testOutput: async ({ output }: { output: OutputName }) => {
      const { coil, delayMs, pulseMs } = draft.plc.wiring[output]!
      await sleep(delayMs + pulseMs)
      return apply({ kind: 'outputTested', output, receipt: { output, coil, delayMs, pulseMs, askedMs: 0, onMs: delayMs + 1.4, offMs: delayMs + pulseMs + 1.9, readBack: 'agrees', fault: null } })
    },
    confirmOutput: ({ output, seen }: { output: OutputName; seen: boolean }) => apply({ kind: 'outputConfirmed', output, seen }),
    finish: () => done,
  }
  const session = () => ({ ok: true, value: { role: 'engineer', person: people[0] ?? null, people } })
  const jpegOf = async (part: number) => ({ ok: true, value: (await takePicture(part)).jpeg })
  const application = testApplication(
    {
      'session.view': session,
      'reports.list': () => ({ ok: true, value: [] }),
      'session.addPerson': ({ input }) => (people.push({ ...(input as Omit<SessionView['people'][number], 'id'>), id: String(people.length) }), session()),
      'station.watch': ({ signal }) => streamOne(stationView, signal),
      'commissioning.watch': ({ signal }) => streamViews(views, signal, quietSleep),
      'commissioning.openStep': ({ input }) => apply({ kind: 'stepOpened', step: (input as { step: StepId }).step, at: new Date().toISOString() }),
      ...Object.fromEntries(Object.entries(commands).map(([name, run]) => [`commissioning.${name}`, ({ input }: HandlerCall) => (heard.push(name), run(input))])),
      'models.view': () => ({ ok: true, value: { ...scriptedModels, active: null, draft: null } }),
      ...draftIo(() => draft),
      'jobs.cancel': () => (job?.abort.abort(), done),
      'live.nextFrame': async ({ signal }) => {
        await quietSleep(120, signal)
        const { jpeg, quality } = await takePicture(1 + (++pictures % differentPictures))
        const { focus, meanLevel, clippedFraction, histogram } = quality
        return { ok: true, value: { sequence: pictures, resultId: null, jpeg, widthPx, heightPx, quality: { focus: focus * (0.8 + 0.2 * Math.sin(pictures / 4)), meanLevel, clippedFraction, histogram }, isSimulated: true } }
      },
      'evidence.baselinePicture': ({ input }) => jpegOf(1 + (Number((input as { id: string }).id) % differentPictures)),
    },
    { role: 'engineer', mode: 'commissioning' },
  )
  show()
  return { application, draft: () => draft, apply, heard, step: () => steps.dispatchEvent(new Event('step')), jobs: () => (job ? [job.view] : []) }
}

const madeUpDetector = ({ regions }: CommissioningDraft, regionId: RegionId, path: string): DraftDetector => ({
  regionId, file: path.split('/').at(-1)!, basis: detectorBasis(regions.find(({ id }) => id === regionId)!),
  detector: {
    sha256: 'd'.repeat(64) as Sha256, bytes: 12_300_000, origin: 'onnx:yolov8', inputWidthPx: 640, inputHeightPx: 448, overlapMax: 0.45,
    classes: [{ name: 'scratch', labels: [0], aliases: ['SCRATCH_SURFACE'], severity: 'major', minConfidence: 0.25, minAreaPx: 0 }, { name: 'dust', labels: [1], severity: 'minor', minConfidence: 0.25, minAreaPx: 0 }],
  },
})

const quietSleep = (ms: number, signal?: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)

async function* streamOne<T>(value: T, signal?: AbortSignal) {
  yield value
  await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
}

const ok = { status: 'ok', detail: 'ok' } as const
const stationView: StationView = {
  mode: 'commissioning', state: 'preoperational', notReady: [], latchedFault: null, clearedBy: null, isSimulated: true, recipe: null, regions: [], frameSize: null,
  health: { camera: ok, plc: ok, model: ok, disk: ok },
  counters: { inspections: 0, passes: 0, fails: 0, unsure: 0, faults: 0, rejects: 0, faultsByCode: {} },
  line: { control: 'human', ignoredCommands: 0, trigger: null, counters: { triggers: 0, passes: 0, rejects: 0, noDecisions: 0, missed: 0, late: 0, overrun: 0 }, stopRequest: null, lastChallenge: null },
  decisionMs: null, storage: null, outputs: { accept: null, reject: null, hold: null }, recent: [], world: null, version: '0.1.0',
}

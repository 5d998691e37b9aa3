import { clopperPearson } from '../domain/clopperPearson.ts'
import { fault } from '../domain/fault.ts'
import type { RegionId } from '../domain/ids.ts'
import type { AnomalyMethod, DefectClass, ModelChoice } from '../domain/recipe.ts'
import { fail, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { ForeignKind, ImporterPort } from '../ports/importer.ts'
import type { SettingTimer } from '../ports/learner.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import type { CommissioningAction, ThresholdChoice } from '../station/commissioning/applyAction.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { detectorOf } from '../station/commissioning/draftDetector.ts'
import { importDetector, importFeatures, type DetectorWanted } from './importModels.ts'
import type { Jobs } from './jobs.ts'
import { timeSettings } from './timeSettings.ts'

export interface DraftModelsParts {
  readonly evidence: Pick<EvidencePort, 'fetch' | 'keep'>
  readonly pixels: PixelsPort
  readonly learner: SettingTimer
  readonly importer: ImporterPort
  readonly maxPixels: number
  readonly jobs: Jobs
  readonly draft: () => CommissioningDraft
  readonly apply: (action: CommissioningAction) => Promise<Result<null>>
}

/** What is decided about the models of a draft before they learn, and the files that it takes in. */
export class DraftModels {
  readonly #parts: DraftModelsParts

  constructor(parts: DraftModelsParts) { this.#parts = parts }

  setCycleTime(cycleTimeMs: number): Promise<Result<null>> { return this.#parts.apply({ kind: 'cycleTimeSet', cycleTimeMs }) }
  choose(choice: ModelChoice): Promise<Result<null>> { return this.#parts.apply({ kind: 'modelChosen', choice }) }

  measureSettings(method: AnomalyMethod): Promise<Result<null>> {
    const { jobs, draft, learner, apply } = this.#parts
    return jobs.run('measureSettings', async (report, signal) => {
      const timing = await timeSettings(draft(), method, learner, report, signal)
      return timing.ok ? apply({ kind: 'settingsTimed', timing: timing.value }) : timing
    })
  }

  /** Learning goes by this file from now on. */
  importFeatures(kind: ForeignKind, path: string): Promise<Result<null>> {
    const { jobs, draft, apply } = this.#parts
    return jobs.run('importModel', async (_report, signal) => {
      const source = await importFeatures(kind, path, draft(), this.#parts, signal)
      return source.ok ? apply({ kind: 'sourceSet', source: source.value }) : source
    })
  }

  dropFeatures(): Promise<Result<null>> { return this.#parts.apply({ kind: 'sourceSet', source: null }) }

  importDetector(wanted: DetectorWanted): Promise<Result<null>> {
    const { jobs, draft, apply } = this.#parts
    return jobs.run('importModel', async (_report, signal) => {
      const detector = await importDetector(wanted, draft(), this.#parts, signal)
      return detector.ok ? apply({ kind: 'detectorSet', detector: detector.value }) : detector
    })
  }

  dropDetector(regionId: RegionId): Promise<Result<null>> { return this.#parts.apply({ kind: 'detectorRemoved', regionId }) }

  /** Limits and severities may change; which labels mean a class is the detector's own. Fault: request/invalid. */
  setDetectorClasses(regionId: RegionId, classes: readonly DefectClass[]): Promise<Result<null>> {
    const held = detectorOf(this.#parts.draft(), regionId)?.detector.classes
    const isSame = held?.length === classes.length && held.every(({ labels }, i) => labels.join() === classes[i]!.labels.join())
    return isSame ? this.#parts.apply({ kind: 'detectorClassesSet', regionId, classes }) : Promise.resolve(fail(fault('request/invalid', `the detector of ${regionId} has other classes`)))
  }

  setThreshold(choice: ThresholdChoice): Promise<Result<null>> {
    const region = this.#parts.draft().learnt?.regions.find((one) => one.regionId === choice.regionId)
    if (!region) return Promise.resolve(fail(fault('request/notFound', `region ${choice.regionId} has not been learnt`)))
    if (choice.unsureAbove > choice.failAbove) return Promise.resolve(fail(fault('request/invalid', 'unsureAbove is over failAbove')))
    const scores = region.holdOutScores
    const over = scores.filter((score) => score > choice.unsureAbove).length
    return this.#parts.apply({ kind: 'thresholdSet', ...choice, expectedFalseRejects: clopperPearson(over, scores.length) })
  }
}

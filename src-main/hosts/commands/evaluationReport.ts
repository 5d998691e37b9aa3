import type { Proportion } from '../../domain/recipe.ts'
import { evaluationFigures, warningsOf, type EvaluationFigures } from '../../learning/evaluation/evaluationFigures.ts'
import { percentilesOf } from '../../monitoring/lineTelemetry.ts'
import type { EvaluationRun } from '../evaluateDataset.ts'
import type { TestImage } from '../mvtecDataset.ts'
import type { CompleteRecipe } from '../recipeFile.ts'

export interface EvaluationSubject {
  readonly dataset: string
  readonly recipeFile: string | undefined
  readonly recipe: CompleteRecipe
  readonly enrolSeconds: number | null
  readonly testImages: readonly TestImage[]
  readonly run: EvaluationRun
}

/** The document that `evaluate --json` prints; its keys are part of the command's interface. */
export interface EvaluationReport extends EvaluationFigures {
  readonly dataset: string
  readonly recipe: { readonly file: string | null; readonly sha256: string; readonly name: string; readonly baselineImages: number }
  readonly images: { readonly good: number; readonly defective: number; readonly masks: number }
  readonly pixelAuroc: number | null
  readonly aupro: number | null
  /** null where the recipe has several regions, each with its own. */
  readonly threshold: number | null
  readonly latencyMs: { readonly p50: number; readonly p99: number }
  readonly modelMs: { readonly p50: number; readonly p99: number }
  readonly enrolSeconds: number | null
  readonly modelBytes: number
  readonly warnings: readonly string[]
}

export function evaluationReport({ dataset, recipeFile, recipe: { recipe, sha256, models }, enrolSeconds, testImages, run }: EvaluationSubject): EvaluationReport {
  const figures = evaluationFigures(run.observations)
  const defective = testImages.filter((image) => image.defect !== undefined)
  const masks = defective.filter((image) => image.maskFile !== undefined).length
  const [region, ...others] = recipe.regions
  return {
    dataset,
    recipe: { file: recipeFile ?? null, sha256, name: recipe.name, baselineImages: region!.model.baselineImages },
    images: { good: testImages.length - defective.length, defective: defective.length, masks },
    ...figures,
    pixelAuroc: run.pixelAuroc,
    aupro: run.aupro,
    threshold: others.length === 0 ? region!.limits.failAbove : null,
    latencyMs: percentiles(run.decisionMs),
    modelMs: percentiles(run.modelMs),
    enrolSeconds,
    modelBytes: [...models.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    warnings: [
      ...warningsOf(figures),
      ...(masks > 0 && masks < defective.length ? [`${defective.length - masks} defective images have no mask and are left out of the pixel figures`] : []),
    ],
  }
}

export function linesOf(report: EvaluationReport): readonly string[] {
  const { images, latencyMs, modelMs } = report
  const defects = Object.entries(report.perDefect)
  const width = Math.max(...defects.map(([name]) => name.length), 0)
  return [
    `data set          ${report.dataset}: ${images.good} good, ${images.defective} defective, ${images.masks} with a mask`,
    `recipe            ${report.recipe.file ?? `enrolled from train/good in ${report.enrolSeconds!.toFixed(1)} s`}, ${report.recipe.baselineImages} good images, ${(report.modelBytes / 1e6).toFixed(2)} MB`,
    `image AUROC       ${figure(report.imageAuroc)}   average precision ${figure(report.averagePrecision)}`,
    `pixel AUROC       ${figure(report.pixelAuroc)}   AUPRO to 0.3 ${figure(report.aupro)}`,
    `threshold         ${report.threshold === null ? 'one per region' : report.threshold.toPrecision(4)}`,
    `false rejects     ${share(report.falseRejectRate)}`,
    `recall            ${share(report.recall)}`,
    ...defects.map(([name, defect]) => `  ${name.padEnd(width)}  ${share(defect.recall)}   AUROC ${figure(defect.imageAuroc)}`),
    `latency           p50 ${latencyMs.p50.toFixed(1)} ms, p99 ${latencyMs.p99.toFixed(1)} ms; bare model p50 ${modelMs.p50.toFixed(1)} ms, p99 ${modelMs.p99.toFixed(1)} ms`,
    `brightness alone  ${figure(report.brightnessAuroc)}   sharpness alone ${figure(report.sharpnessAuroc)}`,
  ]
}

const percentiles = (values: readonly number[]): { p50: number; p99: number } => {
  const { p50, p99 } = percentilesOf(values) ?? { p50: 0, p99: 0 }
  return { p50, p99 }
}

const figure = (value: number | null): string => value?.toFixed(3) ?? 'unknown'

const share = ({ value, low, high, n }: Proportion): string =>
  `${(100 * value).toFixed(1)} % of ${n} (95 % interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %)`

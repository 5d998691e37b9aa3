import { basename, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { onnxModel } from '../../adapters/model/onnxModel.ts'
import { createSharpPixels } from '../../adapters/pixels/sharpPixels.ts'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { helperEntry } from '../appPaths.ts'
import { evaluateDataset, type EvaluationRun } from '../evaluateDataset.ts'
import { readMvtecDataset, type MvtecDataset } from '../mvtecDataset.ts'
import { readRecipeFile, type CompleteRecipe } from '../recipeFile.ts'
import { enrolFolder } from './enrol.ts'
import { enrolDefaults } from './enrolOptions.ts'
import { evaluationReport, linesOf } from './evaluationReport.ts'
import { orEnd, printDocument, say, untilInterrupted } from './output.ts'
import { progressLine } from './progressLine.ts'

interface EvaluateOptions {
  readonly dataset: string
  readonly recipe?: string
  readonly json?: true
}

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('say how well a recipe tells good from defective on a data set in MVTec layout')
    .requiredOption('--dataset <dir>', 'folder with train/good, test/good, test/<defect> and ground_truth/<defect>')
    .option('--recipe <file>', 'recipe to evaluate (default: one enrolled from train/good)')
    .option('--json', 'print one JSON document')
    .action(evaluate)
}

async function evaluate({ dataset, recipe: recipeFile, json }: EvaluateOptions): Promise<void> {
  const found = orEnd(await readMvtecDataset(dataset))
  const report = await untilInterrupted(async (signal) => {
    const subject = orEnd(recipeFile === undefined ? await enrolTrainImages(dataset, signal) : await readSubject(recipeFile))
    const run = orEnd(await runTestImages(found, subject.recipe, signal))
    return evaluationReport({ dataset, recipeFile, testImages: found.testImages, ...subject, run })
  })
  for (const warning of report.warnings) say(`warning: ${warning}`)
  printDocument(json, report, linesOf(report))
}

interface Subject {
  readonly recipe: CompleteRecipe
  /** null for a recipe that was there before. */
  readonly enrolSeconds: number | null
}

async function enrolTrainImages(dataset: string, signal: AbortSignal): Promise<Result<Subject>> {
  const enrolled = await enrolFolder({ ...enrolDefaults, name: basename(resolve(dataset)), folder: join(dataset, 'train', 'good') }, signal)
  return enrolled.ok ? succeed({ recipe: enrolled.value, enrolSeconds: enrolled.value.seconds }) : enrolled
}

async function readSubject(recipeFile: string): Promise<Result<Subject>> {
  const recipe = await readRecipeFile(recipeFile)
  return recipe.ok ? succeed({ recipe: recipe.value, enrolSeconds: null }) : recipe
}

async function runTestImages({ testImages }: MvtecDataset, recipe: CompleteRecipe, signal: AbortSignal): Promise<Result<EvaluationRun>> {
  const clock = systemClock()
  const line = progressLine(clock)
  const model = onnxModel({ entry: helperEntry('inferenceProcess'), clock })
  const pixels = createSharpPixels(helperEntry('pixelsThread'))
  try {
    return await evaluateDataset(testImages, recipe, { pixels, model, monotonicMs: clock.monotonicMs }, line.show, signal)
  } finally {
    line.clear()
    await Promise.all([model.close(), pixels.close()])
  }
}

import { basename, join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { AlignmentLesson } from '../../domain/alignment.ts'
import type { InferenceSettings } from '../../domain/inference.ts'
import type { ModelChoice } from '../../domain/recipe.ts'
import { succeed, type Result } from '../../domain/result.ts'
import { evaluateDataset, type EvaluationRun } from '../evaluateDataset.ts'
import { addInferenceOptions, inferenceFrom, type InferenceOptions } from '../inferenceSettings.ts'
import { readMvtecDataset, type MvtecDataset } from '../mvtecDataset.ts'
import { readRecipeFile, type CompleteRecipe } from '../recipeFile.ts'
import { withScoringTools } from '../scoringTools.ts'
import { enrolFolder } from './enrol.ts'
import { enrolDefaults, methodOption, parseAlignment, settingOption, twoStageOption } from './enrolOptions.ts'
import { evaluationReport, linesOf } from './evaluationReport.ts'
import { orEnd, printDocument, say, untilInterrupted } from './output.ts'
import { progressLine } from './progressLine.ts'

interface EvaluateOptions extends InferenceOptions, ModelChoice {
  readonly dataset: string
  readonly recipe?: string
  readonly align?: AlignmentLesson
  readonly twoStage?: true
  readonly json?: true
}

export function addEvaluate(program: Command): void {
  addInferenceOptions(program.command('evaluate'))
    .description('say how well a recipe tells good from defective on a data set in MVTec layout')
    .requiredOption('--dataset <dir>', 'folder with train/good, test/good, test/<defect> and ground_truth/<defect>')
    .option('--recipe <file>', 'recipe to evaluate (default: one enrolled from train/good)')
    .addOption(new Option('--align <x,y,w,h[,px,deg]>', 'enrol with alignment by this rectangle of the first train image').argParser(parseAlignment).conflicts('recipe'))
    .addOption(settingOption().conflicts('recipe'))
    .addOption(methodOption().conflicts('recipe'))
    .addOption(twoStageOption().conflicts(['recipe', 'setting']))
    .option('--json', 'print one JSON document')
    .action(evaluate)
}

async function evaluate({ dataset, recipe: recipeFile, align, method, setting, twoStage, json, ...inference }: EvaluateOptions): Promise<void> {
  const settings = orEnd(inferenceFrom(inference))
  const found = orEnd(await readMvtecDataset(dataset))
  const report = await untilInterrupted(async (signal) => {
    const subject = orEnd(recipeFile === undefined ? await enrolTrainImages({ dataset, align, method, setting, ...(twoStage && { twoStage }) }, signal) : await readSubject(recipeFile))
    const run = orEnd(await runTestImages(found, subject.recipe, settings, signal))
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

async function enrolTrainImages({ dataset, align, method, setting, twoStage }: Pick<EvaluateOptions, 'dataset' | 'align' | 'method' | 'setting' | 'twoStage'>, signal: AbortSignal): Promise<Result<Subject>> {
  const enrolled = await enrolFolder({ seed: enrolDefaults.seed, method, setting, ...(twoStage && { twoStage }), ...(align && { align }), name: basename(resolve(dataset)), folder: join(dataset, 'train', 'good') }, signal)
  return enrolled.ok ? succeed({ recipe: enrolled.value, enrolSeconds: enrolled.value.seconds }) : enrolled
}

async function readSubject(recipeFile: string): Promise<Result<Subject>> {
  const recipe = await readRecipeFile(recipeFile)
  return recipe.ok ? succeed({ recipe: recipe.value, enrolSeconds: null }) : recipe
}

async function runTestImages({ testImages }: MvtecDataset, recipe: CompleteRecipe, inference: InferenceSettings, signal: AbortSignal): Promise<Result<EvaluationRun>> {
  return withScoringTools(inference, async ({ clock, pixels, model }) => {
    const line = progressLine(clock)
    try {
      return await evaluateDataset(testImages, recipe, { pixels, model, monotonicMs: clock.monotonicMs }, line.show, signal)
    } finally {
      line.clear()
    }
  })
}

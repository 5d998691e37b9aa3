import { basename, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { processLearner } from '../../adapters/learner/processLearner.ts'
import { createSharpPixels } from '../../adapters/pixels/sharpPixels.ts'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import type { AlignmentLesson } from '../../domain/alignment.ts'
import type { Rectangle } from '../../domain/geometry.ts'
import { fault } from '../../domain/fault.ts'
import { defaultInference } from '../../domain/inference.ts'
import type { ModelChoice } from '../../domain/recipe.ts'
import { fail, type Result } from '../../domain/result.ts'
import { featureSettings } from '../../learning/featureSetting.ts'
import { helperEntry } from '../appPaths.ts'
import { enrolRecipe, type EnrolledRecipe } from '../enrolRecipe.ts'
import { listImages } from '../imageFolder.ts'
import { modelFileOf, requirePlaceFor, writeRecipeFile } from '../recipeFile.ts'
import { withScoringTools } from '../scoringTools.ts'
import { sealEnrolled } from '../sealEnrolled.ts'
import { orEnd, printDocument, untilInterrupted } from './output.ts'
import { enrolDefaults, methodOption, parseAlignment, parseRegion, settingOption, wholeNumber } from './enrolOptions.ts'
import { progressLine } from './progressLine.ts'

interface EnrolOptions extends ModelChoice {
  readonly baseline: string
  readonly out: string
  readonly region?: Rectangle
  readonly align?: AlignmentLesson
  readonly size?: number
  readonly seed: number
  readonly json?: true
}

export function addEnrol(program: Command): void {
  program
    .command('enrol')
    .description('learn from a folder of good images; writes a recipe, and its sealed model beside it')
    .requiredOption('--baseline <dir>', 'folder of good images, all of one size')
    .requiredOption('--out <file>', 'recipe file to write')
    .option('--region <x,y,w,h>', 'part of the image to look at (default: all of it)', parseRegion)
    .option('--align <x,y,w,h[,px,deg]>', 'find the part by what this rectangle shows in the first image, and move the region with it', parseAlignment)
    .addOption(settingOption())
    .addOption(methodOption())
    .option('--size <n>', 'the model sees about n × n pixels (default: that of the setting)', wholeNumber(64, 1024))
    .option('--seed <n>', 'choice of patches to learn from', wholeNumber(0, 2 ** 31 - 1), enrolDefaults.seed)
    .option('--json', 'print one JSON document')
    .action(enrol)
}

async function enrol(options: EnrolOptions): Promise<void> {
  orEnd(await requirePlaceFor(options.out))
  const name = basename(options.out, extname(options.out))
  const enrolled = orEnd(await untilInterrupted((signal) => enrolFolder({ ...options, name, folder: options.baseline }, signal)))
  const sealed = orEnd(await withScoringTools(defaultInference, (tools) => sealEnrolled(enrolled, enrolled.pinnedFiles, defaultInference, tools)))
  orEnd(await writeRecipeFile(options.out, sealed))
  const { model, limits, holdOutScores, latencyMs } = enrolled.region
  const modelFile = modelFileOf(options.out, model.sha256)
  const { value, low, high } = limits.basis.expectedFalseRejects
  printDocument(
    options.json,
    { recipe: options.out, recipeSha256: sealed.sha256, model, modelFile, limits, holdOutScores, latencyMs, seconds: enrolled.seconds },
    [
      `recipe     ${options.out}  ${sealed.sha256}`,
      `model      ${modelFile}  ${(model.bytes / 1e6).toFixed(2)} MB, ${latencyMs.toFixed(1)} ms on this machine`,
      `threshold  ${limits.failAbove.toPrecision(4)} (${limits.basis.rule} of ${limits.basis.goodImages} good images)`,
      `expected   ${percent(value)} of good parts rejected (95 % interval ${percent(low)} to ${percent(high)})`,
      `took       ${enrolled.seconds.toFixed(1)} s`,
    ],
  )
}

export interface FolderLesson extends Pick<EnrolOptions, 'region' | 'align' | 'size' | 'seed' | 'method' | 'setting'> {
  readonly name: string
  readonly folder: string
}

/** Enrols the images of a folder, with progress on stderr. Opens the helpers it needs and closes them again. */
export async function enrolFolder({ name, folder, region, align, method, setting, size = featureSettings[setting].inputSize, seed }: FolderLesson, signal: AbortSignal): Promise<Result<EnrolledRecipe>> {
  const files = await listImages(folder)
  if (!files.ok) return files
  if (files.value.length === 0) return fail(fault('request/notFound', `there is no image in ${folder}`))
  const clock = systemClock()
  const line = progressLine(clock)
  const pixels = createSharpPixels(helperEntry('pixelsThread'))
  try {
    const plan = { name, source: `folder:${resolve(folder)}`, files: files.value, ...(region && { region }), ...(align && { align }), method, setting, inputSize: size, seed }
    return await enrolRecipe(plan, { pixels, learner: processLearner(helperEntry('learnerProcess')), monotonicMs: clock.monotonicMs }, line.show, signal)
  } finally {
    line.clear()
    await pixels.close()
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

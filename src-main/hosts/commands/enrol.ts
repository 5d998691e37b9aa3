import { basename, extname, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { processLearner } from '../../adapters/learner/processLearner.ts'
import { createSharpPixels } from '../../adapters/pixels/sharpPixels.ts'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import type { AlignmentLesson } from '../../domain/alignment.ts'
import type { Rectangle } from '../../domain/geometry.ts'
import { fault } from '../../domain/fault.ts'
import { defaultInference } from '../../domain/inference.ts'
import type { ModelChoice } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { featureSettings } from '../../learning/featureSetting.ts'
import { helperEntry } from '../appPaths.ts'
import { enrolRecipe, type EnrolledRecipe } from '../enrolRecipe.ts'
import { enrolTwoStages, type TwoStageRecipe } from '../enrolTwoStages.ts'
import { listImages } from '../imageFolder.ts'
import { modelFileOf, requirePlaceFor, writeRecipeFile } from '../recipeFile.ts'
import { withScoringTools } from '../scoringTools.ts'
import { sealEnrolled } from '../sealEnrolled.ts'
import { CommandError, exitCodes, orEnd, printDocument, untilInterrupted } from './output.ts'
import { enrolDefaults, methodOption, parseAlignment, parseRegion, settingOption, twoStageOption, wholeNumber } from './enrolOptions.ts'
import { progressLine } from './progressLine.ts'

interface EnrolOptions extends ModelChoice {
  readonly baseline: string
  readonly out: string
  readonly region?: Rectangle
  readonly align?: AlignmentLesson
  readonly size?: number
  readonly twoStage?: true
  readonly knownBad?: string
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
    .addOption(twoStageOption())
    .option('--known-bad <dir>', 'with --two-stage: pictures of defective parts, which the fast model may not pass either')
    .addOption(new Option('--size <n>', 'the model sees about n × n pixels (default: that of the setting)').argParser(wholeNumber(64, 1024)).conflicts('twoStage'))
    .option('--seed <n>', 'choice of patches to learn from', wholeNumber(0, 2 ** 31 - 1), enrolDefaults.seed)
    .option('--json', 'print one JSON document')
    .action(enrol)
}

async function enrol(options: EnrolOptions): Promise<void> {
  if (options.knownBad !== undefined && !options.twoStage) throw new CommandError(exitCodes.usage, '--known-bad is for --two-stage')
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
    { recipe: options.out, recipeSha256: sealed.sha256, model, modelFile, limits, holdOutScores, latencyMs, ...(enrolled.screen && { screen: enrolled.screen }), seconds: enrolled.seconds },
    [
      `recipe     ${options.out}  ${sealed.sha256}`,
      `model      ${modelFile}  ${(model.bytes / 1e6).toFixed(2)} MB, ${latencyMs.toFixed(1)} ms on this machine`,
      `threshold  ${limits.failAbove.toPrecision(4)} (${limits.basis.rule} of ${limits.basis.goodImages} good images)`,
      `expected   ${percent(value)} of good parts rejected (95 % interval ${percent(low)} to ${percent(high)})`,
      ...(enrolled.screen ? screenLines(enrolled.screen, latencyMs) : []),
      `took       ${enrolled.seconds.toFixed(1)} s`,
    ],
  )
}

function screenLines({ passUpTo, spared, lost, handedOn, notFound, latencyMs }: TwoStageRecipe['screen'], modelMs: number): readonly string[] {
  const mean = latencyMs + (1 - spared.value) * modelMs
  return [
    `screen     fast, ${latencyMs.toFixed(1)} ms: passes up to ${passUpTo.toPrecision(4)}, which spares the detailed model ${percent(spared.value)} of good parts (${percent(spared.low)} to ${percent(spared.high)})`,
    `           hands on all ${handedOn} shown parts that the detailed model does not pass` + (lost ? `; of defective ones it finds, 0 of ${lost.n} are lost (up to ${percent(lost.high)})` : '; no known-bad part was shown, so what it would lose is unknown'),
    ...(notFound > 0 ? [`           ${notFound} known-bad parts were not found in their pictures and say nothing`] : []),
    `mean       ${mean.toFixed(1)} ms a good part on this machine, against ${modelMs.toFixed(1)} ms by the detailed model alone`,
  ]
}

export interface FolderLesson extends Pick<EnrolOptions, 'region' | 'align' | 'size' | 'seed' | 'method' | 'setting' | 'twoStage' | 'knownBad'> {
  readonly name: string
  readonly folder: string
}

/** Enrols the images of a folder, with progress on stderr. Opens the helpers it needs and closes them again. */
export async function enrolFolder({ name, folder, region, align, method, setting, size = featureSettings[setting].inputSize, twoStage, knownBad, seed }: FolderLesson, signal: AbortSignal): Promise<Result<EnrolledRecipe & Partial<Pick<TwoStageRecipe, 'screen'>>>> {
  const files = await listImages(folder)
  if (!files.ok) return files
  const bad = knownBad === undefined ? succeed([]) : await listImages(knownBad)
  if (!bad.ok) return bad
  if (files.value.length === 0) return fail(fault('request/notFound', `there is no image in ${folder}`))
  const clock = systemClock()
  const line = progressLine(clock)
  const pixels = createSharpPixels(helperEntry('pixelsThread'))
  try {
    const plan = { name, source: `folder:${resolve(folder)}`, files: files.value, ...(region && { region }), ...(align && { align }), method, seed }
    const tools = { pixels, learner: processLearner(helperEntry('learnerProcess')), monotonicMs: clock.monotonicMs }
    return await (twoStage ? enrolTwoStages(plan, bad.value, tools, line.show, signal) : enrolRecipe({ ...plan, setting, inputSize: size }, tools, line.show, signal))
  } finally {
    line.clear()
    await pixels.close()
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

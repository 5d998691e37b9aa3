import { basename, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../../adapters/clock/systemClock.ts'
import { createSharpPixels } from '../../adapters/pixels/sharpPixels.ts'
import { defaultInference } from '../../domain/inference.ts'
import type { Rectangle } from '../../domain/geometry.ts'
import type { AnomalyMethod } from '../../domain/recipe.ts'
import type { Result } from '../../domain/result.ts'
import { imageNet } from '../../learning/importing/backboneFeatures.ts'
import type { FeatureOutput } from '../../learning/importing/featureOutputs.ts'
import { helperEntry } from '../appPaths.ts'
import { enrolRecipe, type EnrolledRecipe } from '../enrolRecipe.ts'
import { listImages } from '../imageFolder.ts'
import { backboneLearner } from '../importing/backboneLearner.ts'
import type { ChosenBackbone } from '../importing/chooseBackbone.ts'
import { readForeignModel } from '../importing/readForeignModel.ts'
import { modelFileOf, requirePlaceFor, writeRecipeFile } from '../recipeFile.ts'
import { enrolDefaults, methodOption, parseRegion, wholeNumber } from './enrolOptions.ts'
import { sealEnrolled } from '../sealEnrolled.ts'
import { withScoringTools } from '../scoringTools.ts'
import { orEnd, printDocument, untilInterrupted } from './output.ts'
import { progressLine } from './progressLine.ts'
import { threeNumbers } from './threeNumbers.ts'

interface BackboneOptions {
  readonly model: string
  readonly baseline: string
  readonly out: string
  readonly outputs?: readonly string[]
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
  readonly method: AnomalyMethod
  readonly region?: Rectangle
  readonly size: number
  readonly seed: number
  readonly json?: true
}

export function addImportBackbone(program: Command): void {
  program
    .command('import-backbone')
    .description("learn from a folder of good images with the features of somebody else's network; writes a recipe, and its sealed model beside it")
    .requiredOption('--model <file>', 'ONNX file with feature maps or patch tokens among its outputs')
    .requiredOption('--baseline <dir>', 'folder of good images, all of one size')
    .requiredOption('--out <file>', 'recipe file to write')
    .option('--outputs <names>', 'outputs to learn from, with commas (default: those with a place every 8 to 16 px)', (text) => text.split(','))
    .option('--mean <r,g,b>', "mean of the colours from 0 to 1 (default: ImageNet's, or 0 where the file scales by itself)", threeNumbers)
    .option('--std <r,g,b>', 'deviation of the colours', threeNumbers)
    .addOption(methodOption())
    .option('--region <x,y,w,h>', 'part of the image to look at (default: all of it)', parseRegion)
    .option('--size <n>', 'the crop has about n × n pixels', wholeNumber(64, 1024), enrolDefaults.size)
    .option('--seed <n>', 'choice of patches to learn from', wholeNumber(0, 2 ** 31 - 1), enrolDefaults.seed)
    .option('--json', 'print one JSON document')
    .action(importBackbone)
}

async function importBackbone(options: BackboneOptions): Promise<void> {
  orEnd(await requirePlaceFor(options.out))
  const { enrolled, backbone } = orEnd(await untilInterrupted((signal) => enrolWith(options, signal)))
  const sealed = orEnd(await withScoringTools(defaultInference, (tools) => sealEnrolled(enrolled, enrolled.pinnedFiles, defaultInference, tools)))
  orEnd(await writeRecipeFile(options.out, sealed))
  const { model, limits, holdOutScores, seconds } = enrolled.region
  const modelFile = modelFileOf(options.out, model.sha256)
  const { input, normalisation, spatial, chosen } = backbone
  printDocument(
    options.json,
    { recipe: options.out, recipeSha256: sealed.sha256, model, modelFile, limits, holdOutScores, seconds, backbone: { input, normalisation, spatial, chosen: chosen.map(({ name }) => name) } },
    [
      `found      ${spatial.map(nameOutput).join(', ')}`,
      `used       ${chosen.map(({ name }) => name).join(', ')} at ${input.widthPx}×${input.heightPx} px, mean ${normalisation.mean.join(' ')}, std ${normalisation.std.join(' ')}`,
      `recipe     ${options.out}  ${sealed.sha256}`,
      `model      ${modelFile}  ${(model.bytes / 1e6).toFixed(2)} MB`,
      `threshold  ${limits.failAbove.toPrecision(4)} (${limits.basis.rule} of ${limits.basis.goodImages} good images)`,
      `took       ${seconds.toFixed(1)} s`,
    ],
  )
}

const nameOutput = ({ name, channels, width, height }: FeatureOutput): string => `${name} (${channels} channels, ${width}×${height} places)`

interface Import {
  readonly enrolled: EnrolledRecipe
  readonly backbone: ChosenBackbone
}

async function enrolWith({ model: path, baseline, out, outputs, mean, std, method, region, size, seed }: BackboneOptions, signal: AbortSignal): Promise<Result<Import>> {
  const opened = await readForeignModel(path)
  if (!opened.ok) return opened
  const files = await listImages(baseline)
  if (!files.ok) return files
  const clock = systemClock()
  const line = progressLine(clock)
  const pixels = createSharpPixels(helperEntry('pixelsThread'))
  let backbone: ChosenBackbone | undefined
  const wishes = { method, ...(outputs && { outputs }), ...((mean ?? std) && { normalisation: { mean: mean ?? imageNet.mean, std: std ?? imageNet.std } }) }
  const learner = backboneLearner(opened.value, wishes, (chosen) => { backbone = chosen })
  try {
    const plan = { name: basename(out, extname(out)), source: `folder:${resolve(baseline)}`, files: files.value, ...(region && { region }), inputSize: size, seed }
    const enrolled = await enrolRecipe(plan, { pixels, learner, monotonicMs: clock.monotonicMs }, line.show, signal)
    return enrolled.ok ? { ok: true, value: { enrolled: enrolled.value, backbone: backbone! } } : enrolled
  } finally {
    line.clear()
    await Promise.all([pixels.close(), opened.value.session.release()])
  }
}

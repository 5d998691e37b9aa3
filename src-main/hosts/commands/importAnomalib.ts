import { readFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { fault } from '../../domain/fault.ts'
import type { Rectangle } from '../../domain/geometry.ts'
import { defaultInference } from '../../domain/inference.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { imageNet } from '../../learning/importing/backboneFeatures.ts'
import { enrolRecipe, type EnrolledRecipe } from '../enrolRecipe.ts'
import { listImages } from '../imageFolder.ts'
import { importedModelLearner, type AnomalyWishes, type ToldAnomalyModel } from '../importing/importedModelLearner.ts'
import { readForeignModel } from '../importing/readForeignModel.ts'
import { modelFileOf, requirePlaceFor, writeRecipeFile } from '../recipeFile.ts'
import { withScoringTools } from '../scoringTools.ts'
import { sealEnrolled } from '../sealEnrolled.ts'
import { enrolDefaults, parseRegion, wholeNumber } from './enrolOptions.ts'
import { orEnd, printDocument, untilInterrupted } from './output.ts'
import { progressLine } from './progressLine.ts'
import { threeNumbers } from './threeNumbers.ts'

interface AnomalibOptions {
  readonly model: string
  readonly baseline: string
  readonly out: string
  readonly metadata?: string
  readonly threshold?: number
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
  readonly region?: Rectangle
  readonly size: number
  readonly json?: true
}

export function addImportAnomalib(program: Command): void {
  program
    .command('import-anomalib')
    .description('take in an anomaly model that Anomalib has exported as ONNX (PatchCore, PaDiM, EfficientAD, FastFlow); writes a recipe, and the sealed model beside it')
    .requiredOption('--model <file>', 'ONNX file: a picture in; a score, a map, or both out')
    .requiredOption('--baseline <dir>', 'folder of good images, all of one size; they show what the model makes of good parts')
    .requiredOption('--out <file>', 'recipe file to write')
    .option('--metadata <file>', 'metadata.json of the export, for its threshold')
    .option('--threshold <score>', "fail above this score (default: the export's own threshold, else the q90 of the good images)", score)
    .option('--mean <r,g,b>', "mean of the colours from 0 to 1 (default: ImageNet's, or 0 where the file scales by itself)", threeNumbers)
    .option('--std <r,g,b>', 'deviation of the colours', threeNumbers)
    .option('--region <x,y,w,h>', 'part of the image to look at (default: all of it)', parseRegion)
    .option('--size <n>', 'the crop has about n × n pixels', wholeNumber(64, 1024), enrolDefaults.size)
    .option('--json', 'print one JSON document')
    .action(importAnomalib)
}

async function importAnomalib(options: AnomalibOptions): Promise<void> {
  orEnd(await requirePlaceFor(options.out))
  const { enrolled, told } = orEnd(await untilInterrupted((signal) => enrolWith(options, signal)))
  const sealed = orEnd(await withScoringTools(defaultInference, (tools) => sealEnrolled(enrolled, enrolled.pinnedFiles, defaultInference, tools)))
  orEnd(await writeRecipeFile(options.out, sealed))
  const { model, limits, holdOutScores } = enrolled.region
  const modelFile = modelFileOf(options.out, model.sha256)
  const { score: scoreOutput, map } = told.outputs
  printDocument(options.json, { recipe: options.out, recipeSha256: sealed.sha256, model, modelFile, limits, scores: holdOutScores, ...told }, [
    `read as    score from ${scoreOutput?.name ?? `the largest of ${map.name}`}, map from ${map.name}; mean ${told.normalisation.mean.join(' ')}, std ${told.normalisation.std.join(' ')}`,
    `threshold  ${limits.failAbove.toPrecision(4)} (${told.isThresholdGiven ? 'given' : `q90 of ${holdOutScores.length} good images, which the model may have learnt from`})`,
    `good       ${holdOutScores.filter((one) => one > limits.failAbove).length} of ${holdOutScores.length} good images score above it`,
    `recipe     ${options.out}  ${sealed.sha256}`,
    `model      ${modelFile}  ${(model.bytes / 1e6).toFixed(2)} MB`,
  ])
}

interface Import {
  readonly enrolled: EnrolledRecipe
  readonly told: ToldAnomalyModel
}

async function enrolWith({ model: path, baseline, out, metadata: metadataFile, threshold, mean, std, region, size }: AnomalibOptions, signal: AbortSignal): Promise<Result<Import>> {
  const metadata = metadataFile === undefined ? succeed({}) : await readMetadata(metadataFile)
  if (!metadata.ok) return metadata
  const opened = await readForeignModel(path)
  if (!opened.ok) return opened
  const files = await listImages(baseline)
  if (!files.ok) return files
  const wishes: AnomalyWishes = { metadata: metadata.value, ...(threshold !== undefined && { threshold }), ...((mean ?? std) && { normalisation: { mean: mean ?? imageNet.mean, std: std ?? imageNet.std } }) }
  let told: ToldAnomalyModel | undefined
  const learner = importedModelLearner(opened.value, wishes, (found) => { told = found })
  try {
    return await withScoringTools(defaultInference, async ({ clock, pixels }) => {
      const line = progressLine(clock)
      const plan = { name: basename(out, extname(out)), source: `folder:${resolve(baseline)}`, files: files.value, ...(region && { region }), inputSize: size, seed: enrolDefaults.seed }
      const enrolled = await enrolRecipe(plan, { pixels, learner, monotonicMs: clock.monotonicMs }, line.show, signal)
      line.clear()
      return enrolled.ok ? succeed({ enrolled: enrolled.value, told: told! }) : enrolled
    })
  } finally {
    await opened.value.session.release()
  }
}

async function readMetadata(file: string): Promise<Result<Readonly<Record<string, unknown>>>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof parsed === 'object' && parsed !== null) return succeed(parsed as Readonly<Record<string, unknown>>)
    return fail(fault('request/invalid', `${file} holds no metadata`))
  } catch (error) {
    return fail(fault('request/invalid', `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`))
  }
}

function score(text: string): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It is a number.')
  return number
}

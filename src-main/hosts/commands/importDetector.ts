import { InvalidArgumentError, Option, type Command } from 'commander'
import { fault } from '../../domain/fault.ts'
import { defaultInference } from '../../domain/inference.ts'
import { severities, type DefectClass, type Severity } from '../../domain/recipe.ts'
import { fail, type Result } from '../../domain/result.ts'
import { detectorLayouts, type DetectorLayoutName } from '../../learning/importing/detectorLayout.ts'
import { recipeText } from '../../records/recipeText.ts'
import { listImages, openStored } from '../imageFolder.ts'
import { importDetector, type ImportedDetector } from '../importing/importDetector.ts'
import { readClassRules } from '../importing/readClassRules.ts'
import { readForeignModel } from '../importing/readForeignModel.ts'
import { readPinnedFiles } from '../pinnedFiles.ts'
import { hashOf, modelFileOf, readRecipeFile, requirePlaceFor, writeRecipeFile, type CompleteRecipe } from '../recipeFile.ts'
import { withScoringTools } from '../scoringTools.ts'
import { orEnd, printDocument } from './output.ts'

interface DetectorOptions {
  readonly model: string
  readonly recipe: string
  readonly images: string
  readonly out: string
  readonly region?: string
  readonly classes?: string
  readonly names?: readonly string[]
  readonly layout?: DetectorLayoutName
  readonly severity: Severity
  readonly minConfidence: number
  readonly minArea: number
  readonly overlap: number
  readonly json?: true
}

export function addImportDetector(program: Command): void {
  program
    .command('import-detector')
    .description("give a region of a recipe a trained detector (YOLOv5 to v12, YOLOX, RT-DETR) beside its own model; writes a new recipe, and the sealed detector beside it")
    .requiredOption('--model <file>', 'ONNX file of the detector')
    .requiredOption('--recipe <file>', 'recipe to start from')
    .requiredOption('--images <dir>', 'folder with pictures of parts; the first is shown to the detector')
    .requiredOption('--out <file>', 'recipe file to write')
    .option('--region <name>', 'the region it looks at (default: the only one)')
    .option('--classes <file>', 'JSON with the classes of defects, their aliases, severity and limits')
    .option('--names <names>', 'names of its labels in order, with commas, where the file has none', (text) => text.split(','))
    .addOption(new Option('--layout <name>', 'how its outputs are to be read (default: told by their shapes and by what it finds in the first picture)').choices(detectorLayouts))
    .addOption(new Option('--severity <name>', 'of classes that are not in the file: minor makes a part unsure, the others fail it').choices(severities).default('major'))
    .option('--min-confidence <share>', 'from which on a finding of such a class counts', share, 0.25)
    .option('--min-area <px2>', 'smaller ones do not count', atLeastNought, 0)
    .option('--overlap <share>', 'of two boxes of one class that overlap by more, the surer one stays', share, 0.45)
    .option('--json', 'print one JSON document')
    .action(importIntoRecipe)
}

async function importIntoRecipe(options: DetectorOptions): Promise<void> {
  orEnd(await requirePlaceFor(options.out))
  const complete = orEnd(await readRecipeFile(options.recipe))
  const pinned = orEnd(await readPinnedFiles(options.recipe, complete.recipe))
  const imported = orEnd(await importWith(options, complete))
  const { recipe, detector, sealed, layout, input, region } = imported
  const models = new Map([...complete.models, [detector.sha256, sealed] as const])
  orEnd(await writeRecipeFile(options.out, { recipe, models, pinned }))
  const recipeSha256 = hashOf(recipeText(recipe))
  const modelFile = modelFileOf(options.out, detector.sha256)
  printDocument(options.json, { recipe: options.out, recipeSha256, region: region.name, detector, modelFile, layout: layout.name, input }, [
    `read as    ${layout.name} at ${input.widthPx}×${input.heightPx} px, a crop of ${detector.inputWidthPx}×${detector.inputHeightPx} px of "${region.name}"`,
    ...detector.classes.map(classLine),
    `recipe     ${options.out}  ${recipeSha256}`,
    `detector   ${modelFile}  ${(detector.bytes / 1e6).toFixed(2)} MB`,
  ])
}

const classLine = ({ name, labels, severity, minConfidence, minAreaPx }: DefectClass): string =>
  `class      ${name} (labels ${labels.join(', ')}): ${severity}, counts from confidence ${minConfidence} and ${minAreaPx} px²`

async function importWith({ model, images, region, names, layout, classes, severity, minConfidence, minArea, overlap }: DetectorOptions, { recipe }: CompleteRecipe): Promise<Result<ImportedDetector>> {
  const rules = classes === undefined ? { ok: true as const, value: [] } : await readClassRules(classes)
  if (!rules.ok) return rules
  const files = await listImages(images)
  if (!files.ok) return files
  const [file] = files.value
  if (file === undefined) return fail(fault('request/notFound', `there is no image in ${images}`))
  const opened = await readForeignModel(model)
  if (!opened.ok) return opened
  const wishes = { ...(region && { region }), ...(names && { names }), ...(layout && { layout }), rules: rules.value, otherwise: { severity, minConfidence, minAreaPx: minArea }, overlapMax: overlap }
  try {
    return await withScoringTools(defaultInference, async (tools) => {
      const frame = await openStored(file, tools.pixels, recipe.frame.maxPixels)
      return frame.ok ? importDetector(opened.value, recipe, frame.value.image, wishes, tools) : frame
    })
  } finally {
    await opened.value.session.release()
  }
}

const share = (text: string): number => numberWithin(text, 1, 'It is a share from 0 to 1.')

const atLeastNought = (text: string): number => numberWithin(text, Infinity, 'It is a number from 0 on.')

function numberWithin(text: string, most: number, otherwise: string): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (!(number >= 0 && number <= most)) throw new InvalidArgumentError(otherwise)
  return number
}

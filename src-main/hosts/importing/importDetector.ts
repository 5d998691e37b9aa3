import { fault } from '../../domain/fault.ts'
import type { Crop, PixelImage } from '../../domain/frame.ts'
import { boundsOf } from '../../domain/geometry.ts'
import type { Sha256 } from '../../domain/ids.ts'
import type { Detector, Recipe, Region } from '../../domain/recipe.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { classNamesOf } from '../../learning/importing/classNames.ts'
import { describeTensor, type ForeignTensor } from '../../learning/importing/describeModel.ts'
import { largestLabel, tellLayout, type DetectorLayout, type DetectorLayoutName } from '../../learning/importing/detectorLayout.ts'
import type { PictureSize } from '../../learning/importing/featureOutputs.ts'
import { cropSizeFor, pictureOfLayout, sealDetector } from '../../learning/importing/sealDetector.ts'
import { sortClasses, type ClassLimits, type ClassRule } from '../../learning/importing/taxonomy.ts'
import type { ScoringTools } from '../scoringTools.ts'
import { hashOf } from '../recipeFile.ts'
import type { OpenedModel } from './readForeignModel.ts'

export interface DetectorWishes {
  /** Name of the region; the only one where there is one. */
  readonly region?: string
  /** Of the labels, where the file does not name them. */
  readonly names?: readonly string[]
  /** Where the numbers of a first picture mislead. */
  readonly layout?: DetectorLayoutName
  readonly rules: readonly ClassRule[]
  readonly otherwise: ClassLimits
  readonly overlapMax: number
}

export interface ImportedDetector {
  readonly recipe: Recipe
  readonly region: Region
  readonly detector: Detector
  readonly sealed: Uint8Array
  readonly layout: DetectorLayout
  readonly input: PictureSize
}

/**
 * Gives a region of a recipe a detector: tells from what the file answers to a real picture how to read it, seals it for the region's
 * own shape, and runs the sealed file once as the station will. Faults: request/notFound for the region, request/invalid for names that
 * are missing or too few, model/invalid for the rest; each names the file and what to do.
 */
export async function importDetector(opened: OpenedModel, recipe: Recipe, picture: PixelImage, wishes: DetectorWishes, tools: ScoringTools): Promise<Result<ImportedDetector>> {
  const { name, model, image, session, sha256: origin } = opened
  const region = chooseRegion(recipe, wishes.region)
  if (!region.ok) return region
  const input = sizeOf(opened)
  if (!input.ok) return input
  const extra = sizeInputOf(opened)
  if (!extra.ok) return extra

  const [crop] = await tools.pixels.cut(picture, [{ ...region.value, model: planOf(input.value) }])
  const sizes = extra.value && { [extra.value.name]: { type: 'int64', shape: [1, 2], data: [input.value.widthPx, input.value.heightPx] } as const }
  const answer = await session.run({ [image.name]: { type: 'float32', shape: [1, 3, input.value.heightPx, input.value.widthPx], data: planar(crop!) }, ...sizes })
  if (!answer.ok) return answer
  const named = wishes.names ?? classNamesOf(model.metadata)
  const layout = tellLayout(Object.entries(answer.value).map(([output, value]) => ({ name: output, ...value })), input.value, { classNames: named, ...(wishes.layout && { layout: wishes.layout }) }, name)
  if (!layout.ok) return layout
  const names = namesFor(layout.value, named, name)
  if (!names.ok) return names

  const wanted = pictureOfLayout(layout.value, input.value)
  const size = cropSizeFor(boundsOf(region.value.shape, recipe.frame.widthPx, recipe.frame.heightPx), wanted)
  const readAs = `onnx:${origin}:${layout.value.name}`
  const metadata = { 'stationmaster.format': '1', 'stationmaster.method': 'detector', 'stationmaster.origin': readAs }
  const sealed = sealDetector({ file: model.file, inputName: image.name, sizeInput: extra.value?.name, layout: layout.value, picture: wanted, crop: size, metadata })
  const classes = sortClasses(names.value, wishes.rules, wishes.otherwise)
  const detector: Detector = { sha256: hashOf(sealed), bytes: sealed.length, origin: readAs, inputWidthPx: size.widthPx, inputHeightPx: size.heightPx, classes, overlapMax: wishes.overlapMax }
  const loaded = await tools.model.load(detector.sha256, sealed)
  if (!loaded.ok) return fail({ ...loaded.fault, detail: `${name} cannot be sealed: ${loaded.fault.detail}` })
  const regions = recipe.regions.map((one) => (one.id === region.value.id ? { ...one, detector } : one))
  return succeed({ recipe: { ...recipe, regions }, region: { ...region.value, detector }, detector, sealed, layout: layout.value, input: input.value })
}

function chooseRegion({ regions }: Recipe, wanted: string | undefined): Result<Region> {
  const found = wanted === undefined && regions.length === 1 ? regions[0] : regions.find(({ name }) => name === wanted)
  return found ? succeed(found) : fail(fault('request/notFound', `name the region that the detector looks at: ${regions.map(({ name }) => `"${name}"`).join(', ')}`))
}

/** Fixed in the file, or what Ultralytics' metadata says it was trained at. */
function sizeOf({ image, model, name }: OpenedModel): Result<PictureSize> {
  const [heightPx, widthPx] = (model.metadata['imgsz']?.match(/\d+/g) ?? []).map(Number)
  const size = { widthPx: image.widthPx ?? widthPx, heightPx: image.heightPx ?? heightPx }
  if (size.widthPx === undefined || size.heightPx === undefined) return fail(fault('model/invalid', `${name}: it takes any size and does not say which it was trained at. Export it again for a fixed size (dynamic=False).`))
  return succeed({ widthPx: size.widthPx, heightPx: size.heightPx })
}

/** RT-DETR of its authors asks for the picture's size; nothing else can be answered. */
function sizeInputOf({ model, image, name }: OpenedModel): Result<ForeignTensor | undefined> {
  const others = model.inputs.filter((input) => input.name !== image.name)
  const unknown = others.find(({ elementType, shape }) => elementType !== 7 || shape.at(-1) !== 2)
  if (unknown || others.length > 1) return fail(fault('model/invalid', `${name}: it asks for ${describeTensor(unknown ?? others[1]!)} beside the picture. Export it with the picture as its only input.`))
  return succeed(others[0])
}

function namesFor(layout: DetectorLayout, named: readonly string[] | undefined, file: string): Result<readonly string[]> {
  const { classCount } = layout
  if (!named) return fail(fault('request/invalid', `${file} does not name its classes${classCount === undefined ? '' : ` (it has ${classCount})`}. Give them in order with --names.`))
  const needed = classCount ?? Math.max(named.length, largestLabel(layout) + 1)
  if (needed !== named.length)
    return fail(fault('request/invalid', `${file} has ${classCount === undefined ? 'at least ' : ''}${needed} classes, and ${named.length} are named (${named.join(', ')}). Give all of them in order with --names.`))
  return succeed(named)
}

const planOf = ({ widthPx, heightPx }: PictureSize): { sha256: Sha256; inputWidthPx: number; inputHeightPx: number } => ({ sha256: '' as Sha256, inputWidthPx: widthPx, inputHeightPx: heightPx })

/** [h, w, 3] of 0–255 → [3, h, w] of 0–1. */
function planar({ data, widthPx, heightPx }: Crop): Float32Array {
  const places = widthPx * heightPx
  const values = new Float32Array(3 * places)
  for (let place = 0; place < places; place++) for (let channel = 0; channel < 3; channel++) values[channel * places + place] = data[3 * place + channel]! / 255
  return values
}

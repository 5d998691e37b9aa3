import { placePoint, type Pose } from '../domain/alignment.ts'
import { fault } from '../domain/fault.ts'
import type { PixelImage } from '../domain/frame.ts'
import type { Bounds } from '../domain/geometry.ts'
import type { InspectionId, RegionId, Sha256 } from '../domain/ids.ts'
import { cardName, type ModelCard, type StoredPatches } from '../domain/modelCard.ts'
import type { Recipe, Region } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { Reading } from '../domain/verdict.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import type { PatchPort } from '../ports/patches.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { fetchRecipe } from '../records/recipeRegistry.ts'
import { storedCapture } from '../station/storedCapture.ts'
import type { ExplanationView } from '../../src-preload/contract/explanation.ts'
import { nearestInRow, nearestOf, type NearPatch } from './nearestPatches.ts'
import { openBaselineFrame } from './openBaselineFrame.ts'
import { parseRecipe } from './parseRecipe.ts'
import { drawPatch, hottestCell, windowAround, type Cell } from './patchPicture.ts'

export interface ExplainRoom {
  readonly evidence: Pick<EvidencePort, 'inspection' | 'image' | 'fetch' | 'loadDocument'>
  /** The screens' own lane: no part waits behind an explanation. */
  readonly pixels: PixelsPort
  readonly patches: PatchPort
}

/** Of the good parts, so many are shown. */
const shownNormals = 3

/**
 * Why one region of a recorded part scored as it did: its hottest place, the largest area over the limit, and the good parts whose patch
 * comes nearest, at the same place (PaDiM) or anywhere (PatchCore). Faults: request/notFound for part or region, and those of the store.
 */
export async function explainScore(resultId: InspectionId, regionId: RegionId, room: ExplainRoom): Promise<Result<ExplanationView>> {
  const { evidence, pixels } = room
  const found = await evidence.inspection(resultId)
  if (!found.ok) return found
  const recipe = await fetchRecipe(evidence, found.value.recipe, parseRecipe)
  if (!recipe.ok) return recipe
  const reading = found.value.readings.find((one) => one.regionId === regionId)
  const region = recipe.value.regions.find(({ id }) => id === regionId)
  if (!reading || !region) return fail(fault('request/notFound', `part ${resultId} has no reading of region ${regionId}`))
  const original = await evidence.image(resultId)
  const frame = original.ok ? await pixels.open(storedCapture(original.value), recipe.value.frame.maxPixels) : original
  if (!frame.ok) return frame
  const part: Part = { image: frame.value.image, reading, region: byModelOf(reading, region), recipe: recipe.value, cell: hottestCell(reading.heatmap) }
  const normals = await findNormals(part, room)
  if (!normals.ok) return normals
  const { mmPerPx } = recipe.value.calibration ?? {}
  return succeed({
    regionId, regionName: reading.regionName, model: reading.model,
    score: reading.score, failAbove: reading.failAbove,
    areaPx: reading.areaPx,
    areaMm2: mmPerPx === undefined ? null : reading.areaPx * mmPerPx ** 2,
    part: await drawPatch(part.image, windowIn(part, part.cell), pixels, reading.heatmap.pose),
    ...normals.value,
  })
}

/** Where a first stage has judged, it is the first stage that is explained. */
const byModelOf = ({ model }: Reading, region: Region): Region => (region.screen?.model.sha256 === model ? { ...region, model: region.screen.model } : region)

interface Part {
  readonly image: PixelImage
  readonly reading: Reading
  readonly region: Region
  readonly recipe: Recipe
  readonly cell: Cell
}

type Normals = Pick<ExplanationView, 'nearest' | 'whyNone'>

const windowIn = ({ reading: { heatmap }, recipe: { frame } }: Part, cell: Cell): ReturnType<typeof windowAround> => windowAround(cell, heatmap, frame)

async function findNormals(part: Part, room: ExplainRoom): Promise<Result<Normals>> {
  const { model } = part.region
  if (model.method === 'imported') return succeed({ nearest: [], whyNone: 'imported' })
  const card = await readCard(model.sha256, room.evidence)
  if (!card.ok) return card
  if (!card.value?.patches) return succeed({ nearest: [], whyNone: 'notRemembered' })
  const near = await searchPatches(part, card.value.patches, room)
  if (!near.ok) return near
  const nearest: Normals['nearest'] = []
  for (const one of near.value) {
    const drawn = await drawNormal(one, card.value, part, room)
    if (!drawn.ok) return drawn
    nearest.push(drawn.value)
  }
  return succeed({ nearest, whyNone: null })
}

/** Undefined for a model that was learnt before there were cards. */
export async function readCard(model: Sha256, evidence: Pick<EvidencePort, 'loadDocument'>): Promise<Result<ModelCard | undefined>> {
  const found = await evidence.loadDocument(cardName(model))
  if (!found.ok) return found.fault.code === 'request/notFound' ? succeed(undefined) : found
  const card = found.value as ModelCard
  return succeed(card.model === model ? card : undefined)
}

async function searchPatches({ image, reading, region, cell }: Part, stored: StoredPatches, { evidence, pixels, patches }: ExplainRoom): Promise<Result<readonly NearPatch[]>> {
  const { sha256, method } = region.model
  const bytes = await evidence.fetch('model', sha256)
  const opened = bytes.ok ? await patches.open(sha256, bytes.value) : bytes
  if (!opened.ok) return opened
  const [crop] = await pixels.cut(image, [region], reading.heatmap.pose)
  const read = await patches.read(sha256, crop!.data)
  if (!read.ok) return read
  const { width, length } = stored
  const start = (cell.y * width + cell.x) * length
  const patch = read.value.subarray(start, start + length)
  const best = new Map<number, NearPatch>()
  for (const [y, row] of stored.rows.entries()) {
    if (method === 'padim' && y !== cell.y) continue
    const file = await evidence.fetch('patches', row)
    if (!file.ok) return file
    nearestInRow(patch, { y, width, patches: new Int8Array(file.value.buffer, file.value.byteOffset, file.value.byteLength) }, best, method === 'padim' ? cell.x : undefined)
  }
  return succeed(nearestOf(best, shownNormals))
}

async function drawNormal({ image, x, y, distance }: NearPatch, { baseline }: ModelCard, part: Part, { evidence, pixels }: ExplainRoom): Promise<Result<Normals['nearest'][number]>> {
  const source = baseline[image]!
  const { alignment, frame } = part.recipe
  const opened = await openBaselineFrame(source, { evidence, pixels, maxPixels: frame.maxPixels })
  if (!opened.ok) return opened
  const pose = alignment && await pixels.align(opened.value.image, alignment)
  if (pose && !pose.ok) return pose
  const window = windowIn(part, { x, y })
  const { widthPx, heightPx } = opened.value.image
  const drawn = await drawPatch(opened.value.image, window, pixels, pose?.value)
  return succeed({ ...drawn, id: source.id, number: image + 1, distance, at: { ...placeIn(window.patch, pose?.value), widthPx, heightPx } })
}

/** The middle of a patch, in the picture that it is in. */
function placeIn({ left, top, width, height }: Bounds, pose: Pose | undefined): { x: number; y: number } {
  const middle = { x: left + width / 2, y: top + height / 2 }
  return pose ? placePoint(middle, pose) : middle
}

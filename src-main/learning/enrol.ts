import { fault } from '../domain/fault.ts'
import type { RegionLimits, SealedModel } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { RegionToLearn } from '../ports/learner.ts'
import { blockOrder, cellGridOf, cellPx, visibleCells, type CellGrid } from './cellGrid.ts'
import { bankChannels, responseCount } from './filterBank.ts'
import { foldCount, holdOutScores } from './holdOut.ts'
import type { LearningTools, Tensor } from './learningTools.ts'
import { fitGaussians } from './padim.ts'
import { featuresId, patchGraph, responseGraph } from './patchGraph.ts'
import { addPatches, combineMoments, noMoments, type PatchMoments } from './patchMoments.ts'
import { samplePlaces } from './samplePlaces.ts'
import { sealModel } from './sealModel.ts'
import { limitsFrom } from './threshold.ts'
import { addResponses, fitWhitening, noResponses, type Whitening } from './whitening.ts'

/** Patches that the whitening is fitted on, taken at random from all images. */
const whiteningPatches = 30_000
/** With fewer cells to look at, a median and five hottest cells mean nothing. */
const leastVisibleCells = 16

export interface LearnedRegion {
  readonly modelBytes: Uint8Array
  readonly model: Omit<SealedModel, 'sha256' | 'bytes'>
  readonly limits: RegionLimits
  readonly holdOutScores: readonly number[]
}

/**
 * From crops of good parts to a sealed model and its limits. The images go through the filter bank twice, once to fit the whitening
 * and once to whiten, so that only 64 numbers a cell are kept. Faults: learning/unusableImages.
 */
export async function enrolRegion(region: RegionToLearn, seed: number, tools: LearningTools): Promise<Result<LearnedRegion>> {
  const grid = cellGridOf(region)
  const visible = visibleCells(grid).length
  if (visible < leastVisibleCells)
    return fail(fault('learning/unusableImages', `region ${region.id} shows too few cells of ${cellPx} px`, { measured: visible, limit: leastVisibleCells }))
  const whitening = await learnWhitening(region, grid, seed, tools)
  if (!whitening) return fail(fault('learning/unusableImages', `the crops of region ${region.id} are flat: there is nothing to learn`))
  const { patches, folds } = await whitenCrops(region, grid, whitening, tools)
  const scores = await holdOutScores(patches, folds, grid, tools)
  const gaussians = fitGaussians(combineMoments(folds), grid)
  await tools.report('sealing', 0)
  const baselineImages = region.crops.length
  const modelBytes = sealModel({ grid, whitening, gaussians, seed, baselineImages })
  await tools.report('sealing', 1)
  const { inputWidthPx, inputHeightPx } = region
  const model = { method: 'padim', features: featuresId, inputWidthPx, inputHeightPx, mapWidth: grid.width, mapHeight: grid.height, baselineImages, seed } as const
  return succeed({ modelBytes, model, limits: limitsFrom(scores), holdOutScores: scores })
}

async function learnWhitening(region: RegionToLearn, grid: CellGrid, seed: number, { openGraph, report }: LearningTools): Promise<Whitening | undefined> {
  const visible = visibleCells(grid)
  const run = await openGraph(responseGraph(grid))
  const chosen = samplePlaces(region.crops.length * visible.length, whiteningPatches, seed)
  const moments = noResponses(responseCount)
  let next = 0
  for (const [i, crop] of region.crops.entries()) {
    const { responses } = await run({ crop: cropTensor(region, crop) })
    for (const first = i * visible.length; next < chosen.length && chosen[next]! < first + visible.length; next++)
      addResponses(moments, responses!, visible[chosen[next]! - first]! * responseCount)
    await report('features', (i + 1) / region.crops.length)
  }
  const whitening = fitWhitening(moments, bankChannels())
  await report('whitening', 1)
  return whitening
}

/** Each image's whitened patches, and their moments by fold. */
async function whitenCrops(region: RegionToLearn, grid: CellGrid, whitening: Whitening, { openGraph, report }: LearningTools): Promise<{ patches: readonly Float32Array[]; folds: readonly PatchMoments[] }> {
  const isVisible = blockOrder(grid).map((cell) => grid.isVisible[cell]!)
  const folds = Array.from({ length: foldCount }, () => noMoments(isVisible.length))
  const run = await openGraph(patchGraph(grid, whitening))
  const patches: Float32Array[] = []
  for (const [i, crop] of region.crops.entries()) {
    const whitened = (await run({ crop: cropTensor(region, crop) }))['patches']!
    addPatches(folds[i % foldCount]!, whitened, isVisible)
    patches.push(whitened)
    await report('gaussians', (i + 1) / region.crops.length)
  }
  return { patches, folds }
}

function cropTensor({ inputWidthPx, inputHeightPx }: RegionToLearn, data: Uint8Array): Tensor {
  return { type: 'uint8', shape: [1, inputHeightPx, inputWidthPx, 3], data }
}

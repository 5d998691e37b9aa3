import { fault } from '../domain/fault.ts'
import type { RegionLimits, SealedModel } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { RegionToLearn } from '../ports/learner.ts'
import { blockOrder, visibleCells, type CellGrid } from './cellGrid.ts'
import { featureSettings } from './featureSetting.ts'
import { filterBankFeatures, type FeatureSource } from './featureSource.ts'
import { dealFolds } from './folds.ts'
import { holdOutScores } from './holdOut.ts'
import type { LearningTools, Tensor } from './learningTools.ts'
import { findNearDuplicates } from './nearDuplicates.ts'
import { patchGraph, responseGraph } from './patchGraph.ts'
import { samplePlaces } from './samplePlaces.ts'
import { scorerFor } from './scorer.ts'
import { sealModel } from './sealModel.ts'
import { limitsFrom } from './threshold.ts'
import { addResponses, fitWhitening, noResponses, type Whitening } from './whitening.ts'

/** Patches that the whitening is fitted on, taken at random from all images. */
const whiteningPatches = 30_000
/** With fewer cells to look at, a median and the hottest cells mean nothing. */
const leastVisibleCells = 16

export interface LearnedRegion {
  readonly modelBytes: Uint8Array
  readonly model: Omit<SealedModel, 'sha256' | 'bytes'>
  readonly limits: RegionLimits
  readonly holdOutScores: readonly number[]
  /** As `EnrolledRegion`. */
  readonly firstAlike: readonly number[]
}

/**
 * From crops of good parts to a sealed model and its limits. The images go through the filter bank twice, once to fit the whitening
 * and once to whiten, so that only a whitened patch a cell is kept. Faults: learning/unusableImages.
 */
export async function enrolRegion(region: RegionToLearn, seed: number, tools: LearningTools, source = filterBankFeatures(featureSettings[region.setting])): Promise<Result<LearnedRegion>> {
  const { method, setting, inputWidthPx, inputHeightPx } = region
  const grid = source.gridOf(region)
  const visible = visibleCells(grid).length
  if (visible < leastVisibleCells)
    return fail(fault('learning/unusableImages', `region ${region.id} shows too few cells`, { measured: visible, limit: leastVisibleCells }))
  const whitening = await learnWhitening(region, source, grid, seed, tools)
  if (!whitening) return fail(fault('learning/unusableImages', `the crops of region ${region.id} are flat: there is nothing to learn`))
  const patches = await whitenCrops(region, patchGraph(source, grid, whitening), tools)
  const firstAlike = findNearDuplicates(patches, blockOrder(grid).map((cell) => grid.isVisible[cell]!))
  const folds = dealFolds(firstAlike)
  if (new Set(folds).size < 2) return fail(fault('learning/unusableImages', `the crops of region ${region.id} all show the same: there is no telling how good parts differ`))
  const plan = { grid, patchLength: whitening.weights.length, scoring: featureSettings[setting].scoring, folds }
  const scorer = scorerFor(method, plan, seed)
  for (const [image, data] of patches.entries()) {
    scorer.add(image, data)
    await tools.report('gaussians', 0.5 + (0.5 * (image + 1)) / patches.length)
  }
  const scores = await holdOutScores(patches, scorer, plan, tools)
  const learnt = scorer.learn()
  await tools.report('sealing', 0)
  const baselineImages = region.crops.length
  const modelBytes = sealModel({ grid, source, whitening, scorer, learnt, facts: { method, setting, seed, baselineImages } })
  await tools.report('sealing', 1)
  const model = {
    method, ...(setting === 'standard' ? {} : { setting }), features: source.id,
    inputWidthPx, inputHeightPx, mapWidth: grid.width, mapHeight: grid.height, baselineImages, seed,
  }
  return succeed({ modelBytes, model, limits: limitsFrom(scores), holdOutScores: scores, firstAlike })
}

async function learnWhitening(region: RegionToLearn, source: FeatureSource, grid: CellGrid, seed: number, { openGraph, report }: LearningTools): Promise<Whitening | undefined> {
  const visible = visibleCells(grid)
  const run = await openGraph(responseGraph(source, grid))
  const chosen = samplePlaces(region.crops.length * visible.length, whiteningPatches, seed)
  const moments = noResponses(source.responseCount)
  let next = 0
  for (const [i, crop] of region.crops.entries()) {
    const { responses } = await run({ crop: cropTensor(region, crop) })
    for (const first = i * visible.length; next < chosen.length && chosen[next]! < first + visible.length; next++)
      addResponses(moments, responses!, visible[chosen[next]! - first]! * source.responseCount)
    await report('features', (i + 1) / region.crops.length)
  }
  const whitening = fitWhitening(moments, source.channels(), source.patchLength)
  await report('whitening', 1)
  return whitening
}

/** Each image's whitened patches, in block order. */
async function whitenCrops(region: RegionToLearn, graph: Uint8Array, { openGraph, report }: LearningTools): Promise<readonly Float32Array[]> {
  const run = await openGraph(graph)
  const all: Float32Array[] = []
  for (const [i, crop] of region.crops.entries()) {
    all.push((await run({ crop: cropTensor(region, crop) }))['patches']!)
    await report('gaussians', (0.5 * (i + 1)) / region.crops.length)
  }
  return all
}

function cropTensor({ inputWidthPx, inputHeightPx }: RegionToLearn, data: Uint8Array): Tensor {
  return { type: 'uint8', shape: [1, inputHeightPx, inputWidthPx, 3], data }
}

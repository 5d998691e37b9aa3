import type { RegionToLearn } from '../ports/learner.ts'
import { cellGridOf, cellPx, type CellGrid } from './cellGrid.ts'
import { normaliseContrast } from './contrastNormalisation.ts'
import { featureSettings, type FeatureSetting } from './featureSetting.ts'
import { bankChannels, filterBank, responseCount } from './filterBank.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'

/** Where the numbers that describe a patch come from: the constructed filter bank, or a backbone that somebody brought along. */
export interface FeatureSource {
  /** Names the mathematics from crop to responses; a change to it gets a new name. */
  readonly id: string
  readonly responseCount: number
  /** Length of a whitened patch, where there are so many channels. */
  readonly patchLength: number
  /** [channels][responseCount]: what is whitened, as linear combinations of the responses. */
  channels(): readonly Float64Array[]
  gridOf(region: RegionToLearn): CellGrid
  /** uint8 [1, H, W, 3]. */
  cropShape(grid: CellGrid): readonly number[]
  /** Crop → responses [1, responseCount, grid.height, grid.width]. */
  respond(g: GraphBuilder, crop: Value, grid: CellGrid): Value
  /** Puts into a built file what the builder cannot write. */
  finish(model: Uint8Array): Uint8Array
}

export const filterBankFeatures = (setting: FeatureSetting = featureSettings.standard): FeatureSource => ({
  id: setting.featuresId,
  responseCount,
  patchLength: setting.patchLength,
  channels: bankChannels,
  gridOf: cellGridOf,
  cropShape: ({ width, height }) => [1, height * cellPx, width * cellPx, 3],
  respond: (g, crop) => filterBank(g, normaliseContrast(g, crop), setting),
  finish: (model) => model,
})

import type { ModelChoice } from '../domain/recipe.ts'
import { cellGridOf, type CellGrid } from './cellGrid.ts'
import { featureSettings } from './featureSetting.ts'
import { filterBankFeatures } from './featureSource.ts'
import { scorerFor, type Scorer } from './scorer.ts'
import { sealModel } from './sealModel.ts'

/** Enough to fill a memory bank of an input of 256×256. */
const madeUpImages = 3

/**
 * A sealed model that has learnt nothing: the graph, the sizes and so the time are those of a real one. For measuring what a setting
 * takes before there is a baseline.
 */
export function rehearsalModel(choice: ModelChoice, size: { readonly inputWidthPx: number; readonly inputHeightPx: number }): Uint8Array {
  const { inputWidthPx: width, inputHeightPx: height } = size
  const grid = cellGridOf({ shape: { kind: 'rectangle', x: 0, y: 0, width, height }, masks: [], ...size })
  const setting = featureSettings[choice.setting]
  const source = filterBankFeatures(setting)
  const { patchLength, responseCount } = source
  const whitening = { weights: Array.from({ length: patchLength }, (_, k) => Float64Array.from({ length: responseCount }, (__, i) => Number(i === k))), offset: new Float64Array(patchLength) }
  const scorer = scorerFor(choice.method, { grid, patchLength, scoring: setting.scoring, folds: Array.from({ length: madeUpImages }, (_, image) => image) }, 1)
  takeInMadeUpPatches(scorer, grid, patchLength)
  return sealModel({ grid, source, whitening, scorer, learnt: scorer.learn(), facts: { ...choice, seed: 1, baselineImages: madeUpImages } })
}

function takeInMadeUpPatches(scorer: Scorer, { width, height }: CellGrid, patchLength: number): void {
  for (let image = 0; image < madeUpImages; image++)
    scorer.add(image, Float32Array.from({ length: width * height * patchLength }, (_, i) => Math.sin(i * (image + 1.3))))
}

import type { FeatureSettingName } from '../domain/recipe.ts'

/** How much work goes into the features of a crop. `docs/models.md` has what each setting finds and takes. */
export interface FeatureSetting {
  /** Names the mathematics from crop to responses; a change to it gets a new name. */
  readonly featuresId: string
  /** Step of the finest octave's filters, in pixels of the crop. */
  readonly finestStep: 1 | 2
  /** Step of the filters of edges, in pixels of the edges' image. */
  readonly edgeStep: 1 | 2
  /** Length of a whitened patch. */
  readonly patchLength: number
  /** The model's input has about inputSize² pixels. */
  readonly inputSize: number
}

export const featureSettings: Readonly<Record<FeatureSettingName, FeatureSetting>> = {
  fast: { featuresId: 'filterBank-1-strided', finestStep: 2, edgeStep: 2, patchLength: 64, inputSize: 256 },
  standard: { featuresId: 'filterBank-1', finestStep: 1, edgeStep: 1, patchLength: 64, inputSize: 256 },
  detailed: { featuresId: 'filterBank-1', finestStep: 1, edgeStep: 1, patchLength: 100, inputSize: 384 },
}

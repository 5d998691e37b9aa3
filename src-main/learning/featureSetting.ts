import type { FeatureSettingName } from '../domain/recipe.ts'

/** How closely a model looks. `docs/models.md` has what each setting finds and takes. */
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
  readonly scoring: Scoring
}

/** From distances to a score, in cells: a finer grid needs wider ones to look at the same piece of the part. */
export interface Scoring {
  readonly smoothingSigma: number
  /** The score is the mean over this share of the visible cells, the hottest ones. */
  readonly hottestShare: number
}

/** A coarse grid, as imported backbones have, would lose a small defect among more of them. */
const leastHottestCells = 5

/** How many cells the score is the mean of. */
export const hottestCellsOf = ({ hottestShare }: Scoring, visibleCells: number): number =>
  Math.min(visibleCells, Math.max(leastHottestCells, Math.round(hottestShare * visibleCells)))

const bank = { featuresId: 'filterBank-1', finestStep: 1, edgeStep: 1, patchLength: 64, inputSize: 256, scoring: { smoothingSigma: 1, hottestShare: 0.01 } } as const

export const featureSettings: Readonly<Record<FeatureSettingName, FeatureSetting>> = {
  fast: { ...bank, featuresId: 'filterBank-1-strided', finestStep: 2, edgeStep: 2 },
  standard: bank,
  detailed: { ...bank, inputSize: 384, scoring: { smoothingSigma: 1.5, hottestShare: 1 / 72 } },
}

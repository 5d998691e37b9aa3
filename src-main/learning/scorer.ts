import type { AnomalyMethod } from '../domain/recipe.ts'
import type { AnomalyValues } from './anomalyScore.ts'
import type { CellGrid } from './cellGrid.ts'
import type { Scoring } from './featureSetting.ts'
import type { GraphBuilder, Value } from './onnx/graphBuilder.ts'
import { padimScorer } from './padimScorer.ts'
import { patchcoreScorer } from './patchcoreScorer.ts'

/** What tells normal patches from others. It is filled image by image and then learns, once with all and once without each fold. */
export interface Scorer {
  /** Takes in the whitened patches of baseline image `image`, in block order. */
  add(image: number, patches: Float32Array): void
  /** From all images, or from those outside one fold. */
  learn(withoutFold?: number): LearntScorer
  /** Whitened patches [blocks, 4, patchLength] to a score, by the learnt numbers under their names. */
  write(g: GraphBuilder, patches: Value, numbers: Readonly<Record<string, Value>>): ScoreValues
}

export interface ScoreValues extends Pick<AnomalyValues, 'score' | 'heatmap'> {
  /** int64 [1, 5]. Gaussians: the hottest cells, row by row; a memory bank: its rows nearest to them. */
  readonly nearest: Value
}

export interface LearntScorer {
  /** Constants of a sealed model, inputs while folds are tried. */
  readonly numbers: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>>
  /** Kept in the model's file. */
  readonly metadata: Readonly<Record<string, string>>
}

export interface ScorerPlan {
  readonly grid: CellGrid
  readonly patchLength: number
  readonly scoring: Scoring
  /** The fold of each baseline image. */
  readonly folds: readonly number[]
}

const scorers: Readonly<Record<AnomalyMethod, (plan: ScorerPlan, seed: number) => Scorer>> = { padim: padimScorer, patchcore: patchcoreScorer }

export const scorerFor = (method: AnomalyMethod, plan: ScorerPlan, seed: number): Scorer => scorers[method](plan, seed)

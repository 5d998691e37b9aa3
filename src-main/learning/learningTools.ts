import type { LearningProgress } from '../ports/learner.ts'

/** A tensor that goes into or comes out of a graph. */
export type Tensor =
  | { readonly type: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'uint8'; readonly shape: readonly number[]; readonly data: Uint8Array }

/** An opened ONNX graph: named inputs in, its float outputs out. */
export type RunGraph = (inputs: Readonly<Record<string, Tensor>>) => Promise<Readonly<Record<string, Float32Array>>>

/** What learning needs of an ONNX runtime; `adapters/learner` has one. */
export type OpenGraph = (model: Uint8Array) => Promise<RunGraph>

export interface LearningTools {
  readonly openGraph: OpenGraph
  /** Called after each piece of work, with the share of the stage that is done; waits until the world had its turn. */
  report(stage: LearningProgress['stage'], share: number): Promise<void>
}

/** Execution providers of onnxruntime that a station may be told to use, the usually fastest first. */
export const providerNames = ['tensorrt', 'cuda', 'webgpu', 'cpu'] as const
export type ProviderName = (typeof providerNames)[number]

/** What runs the models on this machine; it belongs to the machine, not to a recipe. */
export interface InferenceSettings {
  /** Tried in this order; the first that opens a model serves it. */
  readonly providers: readonly ProviderName[]
  /**
   * A build of onnxruntime in place of the one from npm: a folder that holds a whole onnxruntime-node package, or one native binding
   * (`onnxruntime_binding.node`, its libraries beside it) under the JavaScript of the package from npm.
   */
  readonly bindingPath?: string
}

/** The document of a data folder that says what runs its models. */
export const inferenceDocument = 'inference'

export const defaultInference: InferenceSettings = { providers: ['cpu'] }

/** Leaves one core to the decision loop and the outputs, except on two cores, where one thread would nearly double the model's time. */
export const inferenceThreads = (cores: number): number => Math.max(Math.min(cores, 2), cores - 1)

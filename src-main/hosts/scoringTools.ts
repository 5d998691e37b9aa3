import { systemClock } from '../adapters/clock/systemClock.ts'
import { onnxModel } from '../adapters/model/onnxModel.ts'
import { createSharpPixels } from '../adapters/pixels/sharpPixels.ts'
import type { InferenceSettings } from '../domain/inference.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { helperEntry } from './appPaths.ts'

export interface ScoringTools {
  readonly clock: ClockPort
  readonly pixels: PixelsPort
  readonly model: ModelPort
}

/** Opens what scores pictures without a station, and closes it again whatever `work` comes to. */
export async function withScoringTools<T>(inference: InferenceSettings, work: (tools: ScoringTools) => Promise<T>): Promise<T> {
  const clock = systemClock()
  const model = onnxModel({ entry: helperEntry('inferenceProcess'), clock, ...inference })
  const pixels = createSharpPixels(helperEntry('pixelsThread'))
  try {
    return await work({ clock, pixels, model })
  } finally {
    await Promise.all([model.close(), pixels.close()])
  }
}

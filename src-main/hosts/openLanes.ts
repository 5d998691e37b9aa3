import { systemClock } from '../adapters/clock/systemClock.ts'
import { sqliteEvidence } from '../adapters/evidence/sqliteEvidence.ts'
import { onnxModel } from '../adapters/model/onnxModel.ts'
import { createSharpPixels } from '../adapters/pixels/sharpPixels.ts'
import type { InferenceSettings } from '../domain/inference.ts'
import { succeed, type Result } from '../domain/result.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { EvidencePort, EvidenceReport } from '../ports/evidence.ts'
import type { LogPort } from '../ports/log.ts'
import type { ModelPort } from '../ports/model.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { helperEntry } from './appPaths.ts'
import { readInferenceSettings, type InferenceOptions } from './inferenceSettings.ts'

/** The processes and threads beside the main loop, opened. */
export interface Lanes {
  readonly clock: ClockPort
  readonly log: LogPort
  readonly evidence: EvidencePort
  readonly model: ModelPort
  readonly pixels: PixelsPort
  readonly inference: InferenceSettings
  readonly report: EvidenceReport
  close(): Promise<void>
}

/**
 * Opens the evidence first: a second writer on the same data, or a disk that cannot be trusted, ends it here. `options` take the place
 * of what the data folder says of inference.
 */
export async function openLanes(dataDir: string, log: LogPort, options: InferenceOptions = {}): Promise<Result<Lanes>> {
  const clock = systemClock()
  const evidence = sqliteEvidence({ directory: dataDir, thread: helperEntry('evidenceThread') })
  const report = await evidence.open()
  if (!report.ok) return report
  const inference = await readInferenceSettings(evidence, options)
  if (!inference.ok) {
    await evidence.shutDown()
    return inference
  }
  const model = onnxModel({ entry: helperEntry('inferenceProcess'), clock, ...inference.value })
  const pixels = createSharpPixels(helperEntry('pixelsThread'))
  return succeed({
    clock, log, evidence, model, pixels, inference: inference.value, report: report.value,
    async close() {
      await Promise.all([model.close(), pixels.close()])
      await evidence.shutDown()
    },
  })
}

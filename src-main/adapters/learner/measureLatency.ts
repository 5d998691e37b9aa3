import { availableParallelism } from 'node:os'
import { setImmediate as giveWay } from 'node:timers/promises'
import { inferenceThreads } from '../../domain/inference.ts'
import { quantileOf } from '../../learning/threshold.ts'
import { onnxGraphOpener } from './onnxGraph.ts'

const warmUpRuns = 5
const timedRuns = 31

/** Median time of one run in milliseconds, on as many threads as the station uses. The crop's content makes no difference to it. */
export async function measureLatency(model: Uint8Array, { inputWidthPx, inputHeightPx }: { readonly inputWidthPx: number; readonly inputHeightPx: number }): Promise<number> {
  const run = await onnxGraphOpener(inferenceThreads(availableParallelism()))(model)
  const data = Uint8Array.from({ length: inputWidthPx * inputHeightPx * 3 }, (_, i) => (i * 73) % 251)
  const crop = { type: 'uint8', shape: [1, inputHeightPx, inputWidthPx, 3], data } as const
  const timesMs: number[] = []
  for (let i = 0; i < warmUpRuns + timedRuns; i++) {
    const startedMs = performance.now()
    await run({ crop })
    if (i >= warmUpRuns) timesMs.push(performance.now() - startedMs)
    await giveWay()
  }
  return quantileOf(timesMs, 0.5)
}

import { availableParallelism } from 'node:os'
import { onnxGraphOpener } from '../../adapters/learner/onnxGraph.ts'
import { inferenceThreads } from '../../domain/inference.ts'
import { cellGridOf } from '../../learning/cellGrid.ts'
import { filterBankFeatures } from '../../learning/featureSource.ts'
import { patchGraph } from '../../learning/patchGraph.ts'
import { bankRows } from '../../learning/patchcore.ts'
import { rehearsalModel } from '../../learning/rehearsalModel.ts'
import type { Percentiles } from '../../monitoring/lineTelemetry.ts'
import { takeTurns } from './takeTurns.ts'

const sidePx = 256
const turns = 30

/**
 * A sealed PatchCore model against its features in one session and the search of the memory bank in typed arrays: the same sizes, turn
 * about. What the pieces leave out (units of places, smoothing, score) would only make them slower.
 */
export async function measurePieces(): Promise<Readonly<Record<'sealed' | 'pieces', Percentiles>>> {
  const open = onnxGraphOpener(inferenceThreads(availableParallelism()))
  const size = { inputWidthPx: sidePx, inputHeightPx: sidePx }
  const grid = cellGridOf({ shape: { kind: 'rectangle', x: 0, y: 0, width: sidePx, height: sidePx }, masks: [], ...size })
  const source = filterBankFeatures()
  const { patchLength, responseCount } = source
  const whitening = { weights: Array.from({ length: patchLength }, (_, k) => Float64Array.from({ length: responseCount }, (__, i) => Number(i === k))), offset: new Float64Array(patchLength) }
  const sealed = await open(rehearsalModel({ method: 'patchcore', setting: 'standard' }, size))
  const features = await open(patchGraph(source, grid, whitening))
  const bank = Float32Array.from({ length: bankRows * patchLength }, (_, i) => Math.sin(i * 1.3))
  const crop = { type: 'uint8', shape: [1, sidePx, sidePx, 3], data: Uint8Array.from({ length: 3 * sidePx ** 2 }, (_, i) => (i * 73) % 251) } as const
  return takeTurns({
    sealed: () => sealed({ crop }),
    pieces: async () => nearestRows((await features({ crop }))['patches']!, bank, patchLength),
  }, turns)
}

/** Of each patch, the distance to the nearest row of the bank. */
function nearestRows(patches: Float32Array, bank: Float32Array, length: number): Float32Array {
  const nearest = new Float32Array(patches.length / length)
  for (let patch = 0; patch < nearest.length; patch++) {
    let least = Infinity
    for (let row = 0; row < bank.length; row += length) {
      let sum = 0
      for (let i = 0; i < length; i++) {
        const difference = patches[patch * length + i]! - bank[row + i]!
        sum += difference * difference
      }
      if (sum < least) least = sum
    }
    nearest[patch] = Math.sqrt(least)
  }
  return nearest
}

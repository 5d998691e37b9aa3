import { afterAll, describe, expect, it } from 'vitest'
import { onnxGraphOpener } from '../../src-main/adapters/learner/onnxGraph.ts'
import { processPatches } from '../../src-main/adapters/learner/processPatches.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { Sha256 } from '../../src-main/domain/ids.ts'
import { valueOf } from '../support/evidence.ts'
import { enrolHere, wholeRegion } from '../support/enrolledModel.ts'
import { hashOf as hash, smallModel } from '../support/smallModel.ts'
import { ownChildren } from '../support/childrenOf.ts'
import { texturedCrops } from '../support/texturedCrops.ts'

const entry = new URL('../../src-main/hosts/patchesProcess.ts', import.meta.url)
const patches = processPatches({ entry, clock: systemClock() })
afterAll(() => patches.close())
const crops = texturedCrops(21, { widthPx: 96, heightPx: 64 })

describe.each(['padim', 'patchcore'] as const)('patches of a sealed model (%s)', (method) => {
  it('lie as the model measures them: from their distances follows the heat that it gives', async () => {
    const { modelBytes } = await enrolHere(wholeRegion(crops.slice(0, 20), 96, 64, 'region', { method, setting: 'standard' }))
    const sha256 = hash(modelBytes)
    const shape = valueOf(await patches.open(sha256, modelBytes))!
    expect(shape).toEqual({ width: 12, height: 8, length: 64 })
    const read = valueOf(await patches.read(sha256, crops[20]!))
    const rows = Array.from({ length: 96 }, (_, cell) => read.subarray(cell * 64, (cell + 1) * 64))
    // A Mahalanobis distance is the length of such a patch; the memory of twenty small pictures is of them all.
    const normals = method === 'padim' ? [new Float32Array(64)] : await allPatches(sha256)
    const distances = rows.map((row) => Math.min(...normals.map((normal) => Math.hypot(...row.map((value, i) => value - normal[i]!)))))
    const run = await onnxGraphOpener(1)(modelBytes)
    const { heatmap } = await run({ crop: { type: 'uint8', shape: [1, 64, 96, 3], data: crops[20]! } })
    const expected = smooth(lessMedian(distances), 12, 8)
    for (const [cell, heat] of heatmap!.entries()) expect(heat).toBeCloseTo(expected[cell]!, 2)
  })
})

async function allPatches(sha256: Sha256): Promise<readonly Float32Array[]> {
  const all: Float32Array[] = []
  for (const crop of crops.slice(0, 20)) {
    const read = valueOf(await patches.read(sha256, crop))
    for (let cell = 0; cell < 96; cell++) all.push(read.slice(cell * 64, (cell + 1) * 64))
  }
  return all
}

function lessMedian(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const median = (sorted[values.length / 2 - 1]! + sorted[values.length / 2]!) / 2
  return values.map((value) => value - median)
}

/** Gaussian of one cell, nine taps, mirrored at the border cells. */
function smooth(values: readonly number[], width: number, height: number): readonly number[] {
  const taps = Array.from({ length: 9 }, (_, i) => Math.exp(-((i - 4) ** 2) / 2))
  const sum = taps.reduce((total, tap) => total + tap)
  const mirror = (at: number, size: number): number => { const turn = 2 * (size - 1), i = ((at % turn) + turn) % turn; return i < size ? i : turn - i }
  const along = (from: readonly number[], take: (x: number, y: number, offset: number) => number) =>
    from.map((_, cell) => taps.reduce((total, tap, i) => total + (tap / sum) * take(cell % width, Math.floor(cell / width), i - 4), 0))
  const rows = along(values, (x, y, offset) => values[y * width + mirror(x + offset, width)]!)
  return along(rows, (x, y, offset) => rows[mirror(y + offset, height) * width + x]!)
}

it('lie row by row: only those near a spot that differs change', async () => {
  const { modelBytes } = await enrolHere(wholeRegion(crops.slice(0, 20), 96, 64))
  const sha256 = hash(modelBytes)
  valueOf(await patches.open(sha256, modelBytes))
  const spoilt = crops[20]!.slice()
  for (let y = 48; y < 56; y++) spoilt.fill(255, (y * 96 + 8) * 3, (y * 96 + 16) * 3)
  const [before, after] = [valueOf(await patches.read(sha256, crops[20]!)), valueOf(await patches.read(sha256, spoilt))]
  const change = Array.from({ length: 96 }, (_, cell) => Math.hypot(...Array.from({ length: 64 }, (__, i) => after[cell * 64 + i]! - before[cell * 64 + i]!)))
  const most = change.indexOf(Math.max(...change))
  expect([Math.abs((most % 12) - 1), Math.abs(Math.floor(most / 12) - 6)].every((away) => away <= 1)).toBe(true)
})

it('an imported model has none, a file that is none is refused, and a hash that is not open is missing', async () => {
  const foreign = smallModel()
  expect(await patches.open(hash(foreign), foreign)).toEqual({ ok: true, value: null })
  expect(await patches.open('0'.repeat(64) as Sha256, new Uint8Array([1, 2, 3]))).toMatchObject({ ok: false, fault: { code: 'model/invalid' } })
  expect(await patches.read('1'.repeat(64) as Sha256, crops[0]!)).toMatchObject({ ok: false, fault: { code: 'model/missing' } })
})

it('a process that dies is started again, and one that nobody asks ends by itself', async () => {
  const idle = Promise.withResolvers<void>()
  const clock = { sleep: (ms: number, signal?: AbortSignal) => (ms === 60_000 && !signal?.aborted ? idle.promise : new Promise<void>((resolve) => signal?.addEventListener('abort', () => { resolve() }))) }
  const short = processPatches({ entry, clock })
  const foreign = smallModel()
  const others = ownChildren()
  valueOf(await short.open(hash(foreign), foreign))
  const [child] = ownChildren().filter((pid) => !others.includes(pid))
  process.kill(Number(child), 'SIGKILL')
  await expect.poll(() => ownChildren().includes(child!)).toBe(false)
  valueOf(await short.open(hash(foreign), foreign))
  idle.resolve()
  await expect.poll(() => ownChildren().filter((pid) => !others.includes(pid))).toEqual([])
  await short.close()
})

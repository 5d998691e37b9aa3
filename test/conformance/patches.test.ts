import { afterAll, describe, expect, it } from 'vitest'
import { onnxGraphOpener } from '../../src-main/adapters/learner/onnxGraph.ts'
import { processPatches } from '../../src-main/adapters/learner/processPatches.ts'
import { systemClock } from '../../src-main/adapters/clock/systemClock.ts'
import type { Sha256 } from '../../src-main/domain/ids.ts'
import { visibleCells } from '../../src-main/learning/cellGrid.ts'
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
  it('are the ones it scores: their mean over the visible cells is the embedding that it gives', async () => {
    const { modelBytes } = await enrolHere(wholeRegion(crops.slice(0, 20), 96, 64, 'region', { method, setting: 'standard' }))
    const sha256 = hash(modelBytes)
    const shape = valueOf(await patches.open(sha256, modelBytes))!
    expect(shape).toEqual({ width: 12, height: 8, length: 64 })
    const read = valueOf(await patches.read(sha256, crops[20]!))
    const run = await onnxGraphOpener(1)(modelBytes)
    const { embedding } = await run({ crop: { type: 'uint8', shape: [1, 64, 96, 3], data: crops[20]! } })
    const cells = visibleCells({ width: 12, height: 8, isVisible: Array.from({ length: 96 }, () => true) })
    for (const i of [0, 17, 63]) expect(cells.reduce((sum, cell) => sum + read[cell * 64 + i]! / cells.length, 0)).toBeCloseTo(embedding![i]!, 4)
  })
})

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

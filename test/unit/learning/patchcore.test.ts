import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { onnxGraphOpener } from '../../../src-main/adapters/learner/onnxGraph.ts'
import { bankDistances } from '../../../src-main/learning/bankDistances.ts'
import { GraphBuilder } from '../../../src-main/learning/onnx/graphBuilder.ts'
import { bankRows, fillBank } from '../../../src-main/learning/patchcore.ts'
import { enrolHere, wholeRegion } from '../../support/enrolledModel.ts'
import { texturedCrop, texturedCrops } from '../../support/texturedCrops.ts'

const size = { widthPx: 64, heightPx: 64 }

describe('the distances to a memory bank', () => {
  const grid = { width: 4, height: 2, isVisible: new Array<boolean>(8).fill(true) }
  /** [cell, row by row][3] and [row][3]; block order is 0 1 4 5, 2 3 6 7. */
  const cells = Array.from({ length: 8 }, (_, cell) => [cell, -cell, cell / 2])
  const bank = [[0, 0, 0], [3, -2, 1], [6.5, -7, 3], [20, 20, 20]]
  const patches = Float32Array.from([0, 1, 4, 5, 2, 3, 6, 7].flatMap((cell) => cells[cell]!))

  it('are Euclidean, of each cell in its place, and name the nearest row', async () => {
    const g = new GraphBuilder('distances')
    const transposed = [0, 1, 2].flatMap((i) => bank.map((row) => row[i]!))
    const values = { patches: g.floats(transposed, [3, 4]), squares: g.floats(bank.map((row) => row.reduce((sum, v) => sum + v * v, 0)), [1, 4]) }
    const { distances, nearestTo } = bankDistances(g, g.input('patches', 'float', [2, 4, 3]), values, grid)
    g.output('distances', distances)
    g.output('nearest', nearestTo(g.integers([7, 2, 0])))
    const out = await (await InferenceSession.create(g.build())).run({ patches: new Tensor('float32', patches, [2, 4, 3]) })
    const wanted = cells.map((cell) => bank.map((row) => Math.hypot(...row.map((v, i) => v - cell[i]!))))
    expect(Array.from(out['distances']!.data as Float32Array, (v) => Number(v.toFixed(3)))).toEqual(wanted.map((all) => Number(Math.min(...all).toFixed(3))))
    expect(Array.from(out['nearest']!.data as BigInt64Array, Number)).toEqual([7, 2, 0].map((cell) => wanted[cell]!.indexOf(Math.min(...wanted[cell]!))))
  })
})

describe('a memory bank', () => {
  it('is bounded, holds visible patches only and knows where each comes from', () => {
    const isVisible = Array.from({ length: 64 }, (_, place) => place % 4 !== 0)
    const sources = Array.from({ length: 100 }, (_, i) => ({
      image: i + 1,
      patches: Float32Array.from({ length: 64 * 8 }, (__, k) => (isVisible[Math.floor(k / 8)] ? i + Math.sin(k + 10 * i) / 3 : 1e6)),
    }))
    const unit = Float32Array.from({ length: 16 * 64 }, (_, k) => (k % 64 % 9 === 0 ? 1 : 0))
    const bank = fillBank(sources, { means: new Float32Array(64 * 8), factors: unit }, isVisible, 1)
    expect(bank.images).toHaveLength(bankRows)
    expect(bank.patches.length).toBe(bankRows * bank.rowLength)
    expect(bank.patches.every((value) => value < 200)).toBe(true)
    for (const [row, image] of bank.images.entries()) expect(Math.abs(bank.patches[row * 8]! - (image - 1))).toBeLessThan(0.5)
  })
})

describe('a sealed PatchCore model', () => {
  it('finds a scratch, says what it is nearest to, and gives the same bytes again', { timeout: 60_000 }, async () => {
    const region = wholeRegion(texturedCrops(24, size), 64, 64, 'plate', { method: 'patchcore', setting: 'standard' })
    const learned = await enrolHere(region)
    expect(learned.model).toMatchObject({ method: 'patchcore', features: 'filterBank-1' })
    expect(Buffer.compare((await enrolHere(region)).modelBytes, learned.modelBytes)).toBe(0)
    const session = await InferenceSession.create(learned.modelBytes)
    const run = (data: Uint8Array) => session.run({ crop: new Tensor('uint8', data, [1, 64, 64, 3]) })
    const scratched = await run(texturedCrop(901, { ...size, isScratched: true }))
    expect(scratched['score']!.data[0]).toBeGreaterThan(2 * learned.limits.failAbove)
    expect(Array.from(scratched['nearest']!.data as BigInt64Array, Number).every((row) => row >= 0 && row < 24 * 64)).toBe(true)
  })

  it('finds a part that it knows at no distance, wherever the patch lies', { timeout: 60_000 }, async () => {
    const crops = texturedCrops(20, size)
    const learned = await enrolHere(wholeRegion(crops, 64, 64, 'plate', { method: 'patchcore', setting: 'standard' }))
    const { score } = await (await onnxGraphOpener(1)(learned.modelBytes))({ crop: { type: 'uint8', shape: [1, 64, 64, 3], data: crops[3]! } })
    expect(Math.abs(score![0]!)).toBeLessThan(0.05)
  })
})

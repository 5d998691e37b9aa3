import { afterEach, describe, expect, it } from 'vitest'
import type { Result } from '../../src-main/domain/result.ts'
import { onnxModel, type OnnxModelOptions } from '../../src-main/adapters/model/onnxModel.ts'
import type { ModelPort } from '../../src-main/ports/model.ts'
import { ownChildren } from '../support/childrenOf.ts'
import { fakeClock } from '../support/fakeClock.ts'
import { cropWith, hashOf, smallModel, withExternalData } from '../support/smallModel.ts'

const entry = new URL('../../src-main/hosts/inferenceProcess.ts', import.meta.url)
const open: ModelPort[] = []

function openModel(options: Partial<OnnxModelOptions> = {}): ModelPort {
  const model = onnxModel({ entry, clock: fakeClock(), threads: 1, ...options })
  open.push(model)
  return model
}

afterEach(async () => { await Promise.all(open.splice(0).map((model) => model.close())) })

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)
const side = 8
const bytes = smallModel({ side })
const sha256 = hashOf(bytes)

describe('a sealed model', () => {
  it('says its sizes and its provider when loaded, and scores crops in their order', async () => {
    const model = openModel()
    const loaded = await model.load(sha256, bytes)
    expect(loaded).toMatchObject({ ok: true, value: { sha256, provider: 'cpu', inputWidthPx: side, inputHeightPx: side, mapWidth: side, mapHeight: side } })
    const scores = await model.run([cropWith(sha256, side, { x: 2, y: 1, rgb: [30, 60, 90] }), cropWith(sha256, side, { x: 7, y: 7, rgb: [3, 3, 3] })], 10_000)
    if (!scores.ok) throw new Error(scores.fault.detail)
    const [first, second] = scores.value
    expect(first).toMatchObject({ regionId: 'r1', model: sha256, score: 60, mapWidth: side, mapHeight: side, nearest: [10], provider: 'cpu' })
    expect(first!.heat).toBeInstanceOf(Float32Array)
    expect([...first!.heat].flatMap((heat, cell) => (heat === 0 ? [] : [[cell, heat]]))).toEqual([[10, 60]])
    expect([...first!.embedding]).toEqual([30 / 64, 60 / 64, 90 / 64].map(Math.fround))
    expect(first!.modelMs).toBeGreaterThan(0)
    expect(second).toMatchObject({ score: 3, nearest: [63] })
  })

  it('is not loaded twice', async () => {
    const model = openModel()
    const [first, second] = await Promise.all([model.load(sha256, bytes), model.load(sha256, bytes)])
    expect(second).toBe(first)
  })

  it('is missing before it is loaded and after everything was unloaded', async () => {
    const model = openModel()
    const crop = cropWith(sha256, side, { x: 0, y: 0, rgb: [1, 1, 1] })
    expect(codeOf(await model.run([crop], 10_000))).toBe('model/missing')
    await model.load(sha256, bytes)
    expect(codeOf(await model.run([crop], 10_000))).toBe('ok')
    await model.unloadAll()
    expect(codeOf(await model.run([crop], 10_000))).toBe('model/missing')
    expect(model.health().status).toBe('waiting')
  })

  it('is refused when its bytes are not those of its name', async () => {
    const altered = Uint8Array.from(bytes)
    altered[altered.length - 1]! ^= 1
    const model = openModel()
    expect(codeOf(await model.load(sha256, altered))).toBe('model/hashMismatch')
    expect(codeOf(await model.load(sha256, bytes))).toBe('ok')
  })

  it.each([
    ['weights in another file', withExternalData(bytes), 'another file'],
    ['no ONNX at all', Uint8Array.from({ length: 500 }, (_, i) => i % 256), 'not an ONNX model'],
    ['half a file', bytes.slice(0, bytes.length / 2), ''],
    ['nothing in it', new Uint8Array(0), ''],
    ['no score', smallModel({ leaveOut: 'score' }), 'an output score'],
    ['no nearest', smallModel({ leaveOut: 'nearest' }), 'an output nearest'],
    ['an input of floats', smallModel({ inputType: 'float' }), 'an input uint8'],
  ])('is refused with %s', async (_, refused, why) => {
    const loaded = await openModel().load(hashOf(refused), refused)
    expect(codeOf(loaded)).toBe('model/invalid')
    expect(loaded.ok || loaded.fault.detail).toContain(why)
  })

  it('that gives NaN gives a fault instead, and goes on with the next crop', async () => {
    const fragile = smallModel({ isFragile: true })
    const name = hashOf(fragile)
    const model = openModel()
    expect(codeOf(await model.load(name, fragile))).toBe('ok')
    expect(codeOf(await model.run([cropWith(name, side, { x: 0, y: 0, rgb: [9, 9, 9] })], 10_000))).toBe('model/invalid')
    const grey = { ...cropWith(name, side, { x: 0, y: 0, rgb: [0, 0, 0] }), data: new Uint8Array(side * side * 3).fill(7) }
    expect(await model.run([grey], 10_000)).toMatchObject({ ok: true, value: [{ score: 7 }] })
  })

  it('refuses a crop of another size', async () => {
    const model = openModel()
    await model.load(sha256, bytes)
    expect(codeOf(await model.run([cropWith(sha256, side / 2, { x: 0, y: 0, rgb: [1, 1, 1] })], 10_000))).toBe('model/invalid')
  })
})

describe('closing', () => {
  it('leaves no process behind and answers what comes later', async () => {
    const before = ownChildren().length
    const model = openModel()
    await model.load(sha256, bytes)
    expect(ownChildren()).toHaveLength(before + 1)
    await model.close()
    expect(ownChildren()).toHaveLength(before)
    expect(codeOf(await model.run([], 10_000))).toBe('model/unavailable')
    expect(codeOf(await model.load(sha256, bytes))).toBe('model/unavailable')
  })
})

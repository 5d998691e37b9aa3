import { expect, test } from 'vitest'
import { patchStep } from '../../../src-main/domain/modelCard.ts'
import type { Sha256 } from '../../../src-main/domain/ids.ts'
import { succeed } from '../../../src-main/domain/result.ts'
import { nearestInRow, nearestOf, type NearPatch } from '../../../src-main/service/nearestPatches.ts'
import { hottestCell, windowAround } from '../../../src-main/service/patchPicture.ts'
import { rememberPatches } from '../../../src-main/service/rememberPatches.ts'

const shape = { width: 3, height: 2, length: 2 }
/** A patch tells its image, column and row. */
const valueAt = (image: number, x: number, y: number): readonly [number, number] => [image * 0.5, x + y * 0.25]
const patchesOf = (image: number): Float32Array => Float32Array.from({ length: 12 }, (_, i) => valueAt(image, Math.floor(i / 2) % 3, Math.floor(i / 6))[i % 2]!)

async function remembered(images: number, signal = new AbortController().signal) {
  const files = new Map<string, Uint8Array>()
  const keep = (_kind: string, bytes: Uint8Array) => { const name = `row ${files.size}` as Sha256; files.set(name, bytes); return Promise.resolve(succeed(name)) }
  const patches = { open: () => Promise.resolve(succeed(shape)), read: (_: Sha256, [image]: Uint8Array) => Promise.resolve(succeed(patchesOf(image!))), close: () => Promise.resolve() }
  const crops = Array.from({ length: images }, (_, image) => Uint8Array.of(image))
  const stored = await rememberPatches({ sha256: 'm' as Sha256, bytes: new Uint8Array() }, crops, { evidence: { keep }, patches }, () => undefined, signal)
  return { stored, row: (y: number) => ({ y, width: shape.width, patches: new Int8Array(files.get(`row ${y}`)!.buffer) }), files }
}

test('every patch of every image is found again at its place, to half a step', async () => {
  const { stored, row } = await remembered(3)
  expect(stored).toMatchObject({ ok: true, value: { ...shape, rows: ['row 0', 'row 1'] } })
  for (const y of [0, 1])
    for (const x of [0, 1, 2])
      for (const image of [0, 1, 2]) {
        const best = new Map<number, NearPatch>()
        nearestInRow(Float32Array.from(valueAt(image, x, y)), row(y), best)
        expect(nearestOf(best, 1)[0]).toMatchObject({ image, x, y })
        expect(nearestOf(best, 1)[0]!.distance).toBeLessThanOrEqual(patchStep)
      }
})

test('at one place only that place counts; anywhere, each image gives its nearest', async () => {
  const { row } = await remembered(3)
  const patch = Float32Array.from(valueAt(1, 2, 0))
  const at = new Map<number, NearPatch>()
  nearestInRow(patch, row(0), at, 0)
  expect(nearestOf(at, 3)).toMatchObject([{ image: 1, x: 0, distance: 2 }, { image: 0, x: 0 }, { image: 2, x: 0 }])
  const anywhere = new Map<number, NearPatch>()
  for (const y of [0, 1]) nearestInRow(patch, row(y), anywhere)
  expect(nearestOf(anywhere, 3)).toMatchObject([{ image: 1, x: 2, y: 0, distance: 0 }, { image: 0, x: 2, y: 0, distance: 0.5 }, { image: 2, x: 2, y: 0, distance: 0.5 }])
})

test('cancelling keeps nothing, and a model without patches remembers none', async () => {
  const { stored, files } = await remembered(3, AbortSignal.abort())
  expect(stored).toMatchObject({ ok: false, fault: { code: 'learning/cancelled' } })
  expect(files.size).toBe(0)
})

test('the window around a patch stays inside the picture, and the patch inside the window', () => {
  const heatmap = { bounds: { left: 10, top: 20, width: 320, height: 160 }, mapWidth: 32, mapHeight: 16, heatPerCount: 1, cells: Uint8Array.from({ length: 512 }, (_, i) => (i === 33 ? 9 : 1)) }
  expect(hottestCell(heatmap)).toEqual({ x: 1, y: 1 })
  const middle = windowAround({ x: 16, y: 8 }, heatmap, { widthPx: 640, heightPx: 480 })
  expect(middle).toEqual({ patch: { left: 160, top: 90, width: 30, height: 30 }, window: { left: 130, top: 60, width: 90, height: 90 } })
  expect(windowAround({ x: 0, y: 0 }, heatmap, { widthPx: 640, heightPx: 480 }).window).toEqual({ left: 0, top: 0, width: 90, height: 90 })
  expect(windowAround({ x: 31, y: 15 }, heatmap, { widthPx: 330, heightPx: 180 }).window).toEqual({ left: 240, top: 90, width: 90, height: 90 })
})

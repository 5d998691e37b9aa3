import { describe, expect, it } from 'vitest'
import { Recipe as RecipeSchema } from '../../../src-preload/contract/recipe.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import type { Sha256 } from '../../../src-main/domain/ids.ts'
import type { Recipe } from '../../../src-main/domain/recipe.ts'
import { fail, type Result } from '../../../src-main/domain/result.ts'
import { recipeText } from '../../../src-main/records/recipeText.ts'
import { ParityGuard } from '../../../src-main/station/parityGuard.ts'
import { proveParity, type ParityRecord } from '../../../src-main/station/parityProof.ts'
import { parityFault, scoreSeal, sealRecipe } from '../../../src-main/station/paritySeal.ts'
import { parityRecipe, parityRoom } from '../../support/parityRoom.ts'

type Room = ReturnType<typeof parityRoom>
const hash = 'r'.repeat(64) as Sha256
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.fault.code)

async function sealed(levels: readonly number[] = [10, 20, 49]): Promise<{ room: Room; recipe: Recipe }> {
  const room = parityRoom()
  const made = await sealRecipe(parityRecipe, levels.map((level) => room.pin(level)), room.tools.origin.software, room.tools)
  if (!made.ok) throw new Error(made.fault.detail)
  return { room, recipe: made.value }
}

const prove = ({ room, recipe }: { room: Room; recipe: Recipe }) => proveParity({ recipe, hash }, room.tools)
const lastRecord = (room: Room): ParityRecord => room.documents.get('parity') as ParityRecord

describe('a seal', () => {
  it('holds the score of every region of every pinned frame, and what computed them', async () => {
    const { recipe } = await sealed([10, 49])
    expect(recipe.seal).toMatchObject({ frames: [{ scores: { part: 10 } }, { scores: { part: 49 } }], madeWith: { provider: 'cpu', version: '1.0.0', onnxruntime: '1.30.0' } })
    const text = recipeText(recipe)
    expect(recipeText(RecipeSchema.parse(JSON.parse(text)))).toBe(text)
  })

  it('holds both models of a region with a screen, whichever of them would decide', async () => {
    const room = parityRoom()
    const [region] = parityRecipe.regions
    const recipe = { ...parityRecipe, regions: [{ ...region!, screen: { model: region!.model, passUpTo: 30 } }] }
    const made = await sealRecipe(recipe, [room.pin(10), room.pin(49)], room.tools.origin.software, room.tools)
    expect(made).toMatchObject({ ok: true, value: { seal: { frames: [{ scores: { part: 10, 'part/screen': 10 } }, { scores: { part: 49, 'part/screen': 49 } }] } } })
    if (!made.ok) return
    expect((await scoreSeal(made.value.seal!, made.value, room.tools))).toMatchObject({ ok: true, value: [{ regionName: 'Part' }, { regionName: 'Part (screen)', allowed: 0.3 }, {}, {}] })
    expect(codeOf(await proveParity({ recipe: made.value, hash }, room.tools))).toBe('ok')
  })

  it('is not needed: a recipe without one parses to the same text and has nothing to prove', async () => {
    const room = parityRoom()
    expect(recipeText(RecipeSchema.parse(JSON.parse(recipeText(parityRecipe))))).toBe(recipeText(parityRecipe))
    expect(await proveParity({ recipe: parityRecipe, hash }, room.tools)).toEqual({ ok: true, value: null })
    expect(room.arithmetic.scored).toBe(0)
    expect(room.documents.size).toBe(0)
  })
})

describe('scored again', () => {
  it('with the same scores it holds, and the document and the audit trail say so', async () => {
    const scene = await sealed()
    expect(codeOf(await prove(scene))).toBe('ok')
    expect(lastRecord(scene.room)).toMatchObject({ recipe: hash, isHeld: true, frames: 3, changes: [], madeWith: { provider: 'cpu' } })
    expect(scene.room.audits).toMatchObject([{ who: 'station', what: 'parity.held', why: 'start' }])
  })

  it.each([[0.4, 'ok'], [-0.4, 'ok'], [0.6, 'model/parityBroken'], [-0.6, 'model/parityBroken']])('a difference of %f where ±0.5 is allowed: %s', async (error, code) => {
    const scene = await sealed([10, 20])
    scene.room.arithmetic.error = error
    expect(codeOf(await prove(scene))).toBe(code)
    expect(lastRecord(scene.room).isHeld).toBe(code === 'ok')
  })

  it.each([49.9, 39.9])('a verdict that turns breaks it, however small the difference: %f', async (level) => {
    const error = 0.2
    const { room, recipe } = await sealed([10])
    const [frame] = recipe.seal!.frames
    const edge = { ...recipe, seal: { ...recipe.seal!, frames: [{ ...frame!, scores: { part: level } }] } }
    room.pictures.set(frame!.image, Uint8Array.of(Math.floor(level)))
    room.arithmetic.error = level - Math.floor(level) + error
    const scored = await scoreSeal(edge.seal, edge, room.tools)
    const broken = parityFault(scored.ok ? scored.value : [])
    expect(broken).toMatchObject({ code: 'model/parityBroken', limit: 0.5, detail: expect.stringMatching(/turns its verdict from (pass|unsure) to (unsure|fail)/) as string })
    expect(broken!.measured).toBeCloseTo(error)
  })

  it('names the frame, the region, both scores and the provider', async () => {
    const scene = await sealed([20])
    Object.assign(scene.room.arithmetic, { provider: 'webgpu', error: 3 })
    const proven = await prove(scene)
    const detail = proven.ok ? '' : proven.fault.detail
    for (const words of [scene.recipe.seal!.frames[0]!.image.slice(0, 8), 'region Part', '20.0000', '23.0000', 'webgpu']) expect(detail).toContain(words)
  })

  it('a pinned frame that is gone, or can no longer be read, breaks it', async () => {
    const gone = await sealed([20])
    gone.room.pictures.clear()
    expect(await prove(gone)).toMatchObject({ ok: false, fault: { code: 'model/parityBroken', detail: expect.stringContaining('request/notFound') as string } })
    const unreadable = await sealed([20])
    unreadable.room.pictures.set(unreadable.recipe.seal!.frames[0]!.image, new Uint8Array(0))
    expect(await prove(unreadable)).toMatchObject({ ok: false, fault: { code: 'model/parityBroken', detail: expect.stringContaining('frame/empty') as string } })
    expect(lastRecord(unreadable.room).isHeld).toBe(false)
  })

  it('a region that has no sealed score breaks it', async () => {
    const { room, recipe } = await sealed([20])
    const stripped = { ...recipe, seal: { ...recipe.seal!, frames: recipe.seal!.frames.map((frame) => ({ ...frame, scores: {} })) } }
    expect(codeOf(await prove({ room, recipe: stripped }))).toBe('model/parityBroken')
  })

  it('an inference process that died is no broken seal: it is tried again', async () => {
    const scene = await sealed()
    const { model } = scene.room.tools
    const dead = { ...scene.room.tools, model: { ...model, run: async () => fail(fault('model/unavailable', 'it ended')) } }
    expect(codeOf(await proveParity({ recipe: scene.recipe, hash }, dead))).toBe('model/unavailable')
    expect(scene.room.documents.size).toBe(0)
  })
})

describe('an update', () => {
  it('is recorded with what has changed, against the sealing first and against the last start from then on', async () => {
    const { room, recipe } = await sealed()
    const updated = (version: string, onnxruntime: string) => ({ ...room.tools, origin: { software: { ...room.tools.origin.software, version, onnxruntime } } })
    await proveParity({ recipe, hash }, updated('1.1.0', '1.30.0'))
    expect(lastRecord(room).changes).toEqual(['program 1.0.0 → 1.1.0'])
    await proveParity({ recipe, hash }, updated('1.1.0', '1.31.0'))
    expect(room.audits.at(-1)).toMatchObject({ why: 'onnxruntime 1.30.0 → 1.31.0', before: { madeWith: { onnxruntime: '1.30.0' } } })
    room.arithmetic.provider = 'webgpu'
    await proveParity({ recipe, hash }, updated('1.1.0', '1.31.0'))
    expect(room.audits.at(-1)).toMatchObject({ why: 'provider cpu → webgpu' })
    await proveParity({ recipe, hash }, updated('1.1.0', '1.31.0'))
    expect(room.audits.at(-1)).toMatchObject({ why: 'start' })
  })
})

describe('the guard of a running line', () => {
  it('holds while another provider serves than the one that was proven, and lets go when that has been proven too', async () => {
    const { room, recipe } = await sealed()
    const guard = new ParityGuard(room.tools)
    const active = { recipe, hash, plcTarget: 'simulated' }
    await guard.prove(active)
    expect(guard.blockers(recipe)).toEqual([])
    room.arithmetic.provider = 'webgpu'
    expect(guard.blockers(recipe)).toMatchObject([{ code: 'model/unavailable', detail: expect.stringContaining('webgpu') as string }])
    expect(guard.isDue(recipe)).toBe(true)
    const proving = guard.prove(active)
    expect(guard.isDue(recipe)).toBe(false)
    await proving
    expect(guard.blockers(recipe)).toEqual([])
    expect(guard.isDue(recipe)).toBe(false)
  })

  it('does not begin while no process serves, and says nothing about a recipe without a seal', async () => {
    const { room, recipe } = await sealed()
    const guard = new ParityGuard(room.tools)
    await guard.prove({ recipe, hash, plcTarget: 'simulated' })
    room.arithmetic.provider = ''
    expect(guard.isDue(recipe)).toBe(false)
    expect(guard.blockers(recipe)).toHaveLength(1)
    expect(guard.blockers(parityRecipe)).toEqual([])
  })
})

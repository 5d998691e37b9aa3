import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fault, type FaultCode } from '../../../src-main/domain/fault.ts'
import type { RegionId, Sha256 } from '../../../src-main/domain/ids.ts'
import type { Recipe } from '../../../src-main/domain/recipe.ts'
import { fail, succeed, type Result } from '../../../src-main/domain/result.ts'
import type { ArtifactKind } from '../../../src-main/ports/evidence.ts'
import { fetchModels, fetchRecipe, keepRecipe } from '../../../src-main/records/recipeRegistry.ts'
import { recipeHash, recipeText } from '../../../src-main/records/recipeText.ts'

const sha256 = (content: Uint8Array | string): Sha256 => createHash('sha256').update(content).digest('hex') as Sha256
const modelBytes = Uint8Array.of(1, 2, 3)
const asIs = (value: unknown): Result<Recipe> => (value === undefined ? fail(fault('recipe/invalid', 'no JSON')) : succeed(value as Recipe))
const codeOf = (result: Result<unknown>): FaultCode | 'none' => (result.ok ? 'none' : result.fault.code)

const recipe = (model = { sha256: sha256(modelBytes), bytes: 3 }): Recipe => {
  const region = (id: string): Recipe['regions'][number] => ({
    id: id as RegionId,
    name: id,
    shape: { kind: 'rectangle', x: 0, y: 0, width: 10, height: 10 },
    masks: [],
    model: { ...model, method: 'padim', features: 'filters', inputWidthPx: 256, inputHeightPx: 256, mapWidth: 32, mapHeight: 32, baselineImages: 20, seed: 1 },
    limits: { failAbove: 1, unsureAbove: 0.9, minAreaPx: 0, persistence: { count: 1, of: 1 }, basis: { rule: 'q95', goodImages: 20, expectedFalseRejects: { value: 0.05, low: 0, high: 0.2, n: 20 } } },
  })
  return {
    schema: 1,
    name: 'Platte',
    camera: { source: 'simulated:plate', settings: { exposureUs: 800 } },
    frame: { widthPx: 640, heightPx: 480, maxPixels: 1e7, focusReference: 100, focusMinRatio: 0.5, focusFloor: 10, meanMin: 20, meanMax: 230, clippedMax: 0.1, refuseRepeats: true },
    regions: [region('left'), region('right')],
    outputs: { reject: { coil: 1, delayMs: 0, pulseMs: 100 } },
  }
}

/** Files by hash, as the port promises; `reads` counts them. */
function shelf() {
  const files = new Map<string, Uint8Array>()
  const reads: string[] = []
  const missing = { recipe: 'recipe/missing', model: 'model/missing', baseline: 'request/notFound', patches: 'request/notFound', report: 'request/notFound' } as const
  return {
    files,
    reads,
    keep: async (kind: ArtifactKind, bytes: Uint8Array) => {
      files.set(`${kind}/${sha256(bytes)}`, bytes)
      return succeed(sha256(bytes))
    },
    fetch: async (kind: ArtifactKind, name: Sha256) => {
      reads.push(`${kind}/${name}`)
      const bytes = files.get(`${kind}/${name}`)
      return bytes ? succeed(bytes) : fail(fault(missing[kind], name))
    },
  }
}

describe('the shelf of recipes', () => {
  it('refuses a recipe whose pinned frame is not there', async () => {
    const room = shelf()
    await room.keep('model', modelBytes)
    const picture = Uint8Array.of(9)
    const frames = [{ image: sha256(picture), mediaType: 'image/png', scores: { left: 0.5, right: 0.4 } }] as const
    const sealed: Recipe = { ...recipe(), seal: { frames, tolerance: 0.01, madeWith: { provider: 'cpu', version: '1', onnxruntime: '1' } } }
    expect(codeOf(await keepRecipe(room, sealed))).toBe('request/notFound')
    await room.keep('baseline', picture)
    expect(codeOf(await keepRecipe(room, sealed))).toBe('none')
  })

  it('names a recipe by the hash of its canonical text', async () => {
    const room = shelf()
    await room.keep('model', modelBytes)
    const version = await keepRecipe(room, recipe())
    expect(version).toEqual(succeed(recipeHash(recipe(), sha256)))
    expect(new TextDecoder().decode(room.files.get(`recipe/${version.ok && version.value}`))).toBe(recipeText(recipe()))
    expect(version.ok && (await fetchRecipe(room, version.value, asIs))).toEqual(succeed(recipe()))
  })

  it('takes no recipe whose model is not there, or has another size', async () => {
    const room = shelf()
    expect(codeOf(await keepRecipe(room, recipe()))).toBe('model/missing')
    await room.keep('model', modelBytes)
    expect(codeOf(await keepRecipe(room, recipe({ sha256: sha256(modelBytes), bytes: 4 })))).toBe('model/invalid')
    expect([...room.files.keys()].filter((name) => name.startsWith('recipe'))).toEqual([])
  })

  it('reads a model that several regions share once', async () => {
    const room = shelf()
    await room.keep('model', modelBytes)
    const models = await fetchModels(room, recipe())
    expect(models.ok && [...models.value]).toEqual([[sha256(modelBytes), modelBytes]])
    expect(room.reads).toHaveLength(1)
  })

  it('says what is wrong with a recipe that is missing, unreadable, or means something else once parsed', async () => {
    const room = shelf()
    await room.keep('model', modelBytes)
    const version = await keepRecipe(room, recipe())
    const name = version.ok ? version.value : ('' as Sha256)
    expect(codeOf(await fetchRecipe(room, 'e'.repeat(64) as Sha256, asIs))).toBe('recipe/missing')
    expect(codeOf(await fetchRecipe(room, name, () => fail(fault('recipe/invalid', 'no'))))).toBe('recipe/invalid')
    expect(codeOf(await fetchRecipe(room, name, () => succeed({ ...recipe(), name: 'changed' })))).toBe('recipe/invalid')
    const garbage = await room.keep('recipe', new TextEncoder().encode('{"schema":'))
    expect(codeOf(await fetchRecipe(room, garbage.ok ? garbage.value : name, asIs))).toBe('recipe/invalid')
  })
})

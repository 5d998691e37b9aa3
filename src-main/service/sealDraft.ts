import type { Software } from '../domain/inspection.ts'
import type { Recipe } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'
import { choosePinnedFrames } from '../station/choosePinnedFrames.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { sealRecipe, type ParityTools } from '../station/paritySeal.ts'
import { loadModels } from '../station/prepareLine.ts'

/** A finished draft's recipe with its parity seal, scored on what will serve it. The models stay loaded. Faults: as `sealRecipe`. */
export async function sealDraft(recipe: Recipe, { baseline, learnt }: CommissioningDraft, tools: ParityTools & { readonly origin: { readonly software: Software } }): Promise<Result<Recipe>> {
  const loaded = await loadModels(recipe, tools)
  if (!loaded.ok) return loaded
  const mediaTypes = new Map(baseline.map(({ id, mediaType }) => [id, mediaType]))
  const pinned = choosePinnedFrames(learnt?.regions ?? []).flatMap((place) => {
    const image = learnt!.frameIds[place]!
    const mediaType = mediaTypes.get(image)
    return mediaType ? [{ image, mediaType }] : []
  })
  return sealRecipe(recipe, pinned, tools.origin.software, tools)
}

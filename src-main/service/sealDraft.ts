import type { Software } from '../domain/inspection.ts'
import type { Recipe } from '../domain/recipe.ts'
import type { Result } from '../domain/result.ts'
import { choosePinnedBadParts, choosePinnedFrames } from '../station/choosePinnedFrames.ts'
import type { CommissioningDraft } from '../station/commissioning/draft.ts'
import { sealRecipe, type ParityTools } from '../station/paritySeal.ts'
import { loadModels } from '../station/prepareLine.ts'

/** A finished draft's recipe with its parity seal, scored on what will serve it. The models stay loaded. Faults: as `sealRecipe`. */
export async function sealDraft(recipe: Recipe, draft: CommissioningDraft, tools: ParityTools & { readonly origin: { readonly software: Software } }): Promise<Result<Recipe>> {
  const loaded = await loadModels(recipe, tools)
  if (!loaded.ok) return loaded
  const { baseline, knownBad, learnt } = draft
  const good = choosePinnedFrames(learnt?.regions ?? []).map((place) => learnt!.frameIds[place]!)
  const chosen = new Set([...good, ...choosePinnedBadParts(scoredParts(recipe, draft))])
  const pinned = [...baseline, ...knownBad].filter(({ id }) => chosen.has(id)).map(({ id, mediaType }) => ({ image: id, mediaType }))
  return sealRecipe(recipe, pinned, tools.origin.software, tools)
}

/** Known-bad parts with the scores that the recipe's own models gave them. */
const scoredParts = ({ regions }: Recipe, { knownBad, knownBadScores }: CommissioningDraft) =>
  knownBad.map(({ id }) => ({
    id,
    scores: knownBadScores.flatMap(({ partId, model, regionId, score }) => {
      const region = regions.find((one) => partId === id && one.id === regionId && one.model.sha256 === model)
      return region ? [{ score, failAbove: region.limits.failAbove }] : []
    }),
  }))

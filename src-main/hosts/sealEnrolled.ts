import type { OriginalImage } from '../domain/frame.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { InferenceSettings } from '../domain/inference.ts'
import { succeed, type Result } from '../domain/result.ts'
import { recipeText } from '../records/recipeText.ts'
import { sealRecipe } from '../station/paritySeal.ts'
import { loadModels } from '../station/prepareLine.ts'
import { describeSoftware } from './describeSoftware.ts'
import { readOriginal } from './imageFolder.ts'
import { shelfOf } from './pinnedFiles.ts'
import { hashOf, type CompleteRecipe, type PinnedBytes } from './recipeFile.ts'
import type { ScoringTools } from './scoringTools.ts'

export interface SealedRecipe extends CompleteRecipe {
  readonly pinned: PinnedBytes
}

/** A recipe just enrolled, with the scores of these pictures of its baseline on this machine. Faults: as `sealRecipe`. */
export async function sealEnrolled(enrolled: CompleteRecipe, files: readonly string[], { bindingPath }: InferenceSettings, tools: ScoringTools): Promise<Result<SealedRecipe>> {
  const pinned = new Map<Sha256, Uint8Array>()
  const frames: { image: Sha256; mediaType: OriginalImage['mediaType'] }[] = []
  for (const file of files) {
    const original = await readOriginal(file)
    if (!original.ok) return original
    const { bytes, mediaType } = original.value
    const image = hashOf(bytes)
    pinned.set(image, bytes)
    frames.push({ image, mediaType })
  }
  const store = { ...tools, evidence: shelfOf(enrolled, pinned) }
  const loaded = await loadModels(enrolled.recipe, store)
  const sealed = loaded.ok ? await sealRecipe(enrolled.recipe, frames, describeSoftware(bindingPath), store) : loaded
  return sealed.ok ? succeed({ recipe: sealed.value, sha256: hashOf(recipeText(sealed.value)), models: enrolled.models, pinned }) : sealed
}

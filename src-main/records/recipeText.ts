import type { Sha256 } from '../domain/ids.ts'
import type { Recipe } from '../domain/recipe.ts'
import { canonicalJson } from './canonicalJson.ts'

/** SHA-256 over the UTF-8 bytes of a text; the runtime gives it, this room has no cryptography of its own. */
export type Digest = (text: string) => Sha256

/** The recipe file, byte for byte: canonical JSON without a trailing newline. */
export const recipeText = (recipe: Recipe): string => canonicalJson(recipe)

/** A recipe's version: the hash of its file, so the same as what `EvidencePort.keep('recipe', …)` answers. */
export const recipeHash = (recipe: Recipe, digest: Digest): Sha256 => digest(recipeText(recipe))

import { modelsOf, type Recipe } from '../domain/recipe.ts'
import { fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { recipeText } from './recipeText.ts'

type Shelf = Pick<EvidencePort, 'keep' | 'fetch'>
type SealedModels = ReadonlyMap<Sha256, Uint8Array>

/**
 * Puts a recipe on the shelf and answers its version. A recipe that names a model or a pinned frame which is not there, or is damaged,
 * is refused with that Fault: what is on the shelf can always be run.
 */
export async function keepRecipe(shelf: Shelf, recipe: Recipe): Promise<Result<Sha256>> {
  const models = await fetchModels(shelf, recipe)
  if (!models.ok) return models
  for (const { image } of recipe.seal?.frames ?? []) {
    const pinned = await shelf.fetch('baseline', image)
    if (!pinned.ok) return pinned
  }
  return shelf.keep('recipe', new TextEncoder().encode(recipeText(recipe)))
}

/**
 * A recipe by its version. `parse` checks what was read against the schema. A file that is no recipe, or that means something else
 * once it is parsed (a default filled in, a field dropped), is recipe/invalid: its hash would no longer name what runs.
 */
export async function fetchRecipe(shelf: Pick<Shelf, 'fetch'>, sha256: Sha256, parse: (value: unknown) => Result<Recipe>): Promise<Result<Recipe>> {
  const bytes = await shelf.fetch('recipe', sha256)
  if (!bytes.ok) return bytes
  const text = new TextDecoder().decode(bytes.value)
  const recipe = parse(jsonOf(text))
  return recipe.ok && recipeText(recipe.value) !== text ? fail(fault('recipe/invalid', `recipe ${sha256} means something else once it is parsed`)) : recipe
}

/** undefined, which no schema takes, for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Every sealed model a recipe names, each once, checked against its hash and its stated size. */
export async function fetchModels(shelf: Shelf, recipe: Recipe): Promise<Result<SealedModels>> {
  const models = new Map<Sha256, Uint8Array>()
  for (const model of modelsOf(recipe)) {
    if (models.has(model.sha256)) continue
    const bytes = await shelf.fetch('model', model.sha256)
    if (!bytes.ok) return bytes
    if (bytes.value.byteLength !== model.bytes)
      return fail(fault('model/invalid', `the model ${model.sha256} has another size than the recipe says`, { measured: bytes.value.byteLength, limit: model.bytes }))
    models.set(model.sha256, bytes.value)
  }
  return succeed(models)
}

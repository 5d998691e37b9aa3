import { createHash } from 'node:crypto'
import { access, constants, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Recipe as RecipeSchema } from '../../src-preload/contract/recipe.ts'
import { imageEndings } from '../adapters/evidence/imageStore.ts'
import { fault, type FaultCode } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { PinnedFrame } from '../domain/paritySeal.ts'
import { modelsOf, type Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { recipeText } from '../records/recipeText.ts'

/** A recipe with everything it needs to run. */
export interface CompleteRecipe {
  readonly recipe: Recipe
  /** The recipe's version. */
  readonly sha256: Sha256
  readonly models: ReadonlyMap<Sha256, Uint8Array>
}

export const hashOf = (bytes: Uint8Array | string): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256

/** Where the sealed model of a recipe file lies. */
export const modelFileOf = (recipeFile: string, model: Sha256): string => join(dirname(recipeFile), `${model}.onnx`)

/** The original bytes of the frames that a parity seal names. */
export type PinnedBytes = ReadonlyMap<Sha256, Uint8Array>

/** Where a pinned frame of a recipe file lies. */
export const pinnedFileOf = (recipeFile: string, { image, mediaType }: Pick<PinnedFrame, 'image' | 'mediaType'>): string =>
  join(dirname(recipeFile), `${image}.${imageEndings[mediaType]}`)

/** Reads a recipe and the sealed models beside it. Faults: recipe/missing, recipe/invalid, model/missing, model/hashMismatch. */
export async function readRecipeFile(file: string): Promise<Result<CompleteRecipe>> {
  const text = await readOr(file, 'recipe/missing', 'Give the path of a file that `stationmaster enrol` has written.')
  if (!text.ok) return text
  const recipe = parseRecipe(new TextDecoder().decode(text.value), file)
  if (!recipe.ok) return recipe
  const models = new Map<Sha256, Uint8Array>()
  for (const model of modelsOf(recipe.value)) {
    const modelFile = modelFileOf(file, model.sha256)
    const region = recipe.value.regions.find((one) => modelsOf({ regions: [one] }).some(({ sha256 }) => sha256 === model.sha256))!
    const bytes = await readOr(modelFile, 'model/missing', `The recipe's region "${region.name}" needs it: put it beside the recipe.`)
    if (!bytes.ok) return bytes
    const found = hashOf(bytes.value)
    if (found !== model.sha256)
      return fail(fault('model/hashMismatch', `${modelFile} was altered: its hash is ${found}. Copy the model again from where the recipe was enrolled.`))
    models.set(model.sha256, bytes.value)
  }
  return succeed({ recipe: recipe.value, sha256: hashOf(recipeText(recipe.value)), models })
}

/** To be asked before minutes of learning. Faults: request/notFound. */
export const requirePlaceFor = (file: string): Promise<Result<void>> =>
  access(dirname(file), constants.W_OK).then(
    () => succeed(undefined),
    (error: unknown) => fail(fault('request/notFound', `${file} cannot be written: ${textOf(error)}. Name a file in a folder that is there.`)),
  )

/** Writes models and pinned frames first and the recipe last, each under its name only when it is whole. */
export async function writeRecipeFile(file: string, { recipe, models, pinned }: Pick<CompleteRecipe, 'recipe' | 'models'> & { readonly pinned?: PinnedBytes }): Promise<Result<void>> {
  try {
    for (const [sha256, bytes] of models) await writeWhole(modelFileOf(file, sha256), bytes)
    for (const frame of recipe.seal?.frames ?? []) await writeWhole(pinnedFileOf(file, frame), pinned!.get(frame.image)!)
    await writeWhole(file, recipeText(recipe))
    return succeed(undefined)
  } catch (error) {
    return fail(fault('evidence/unavailable', `the recipe cannot be written: ${textOf(error)}`))
  }
}

function parseRecipe(text: string, file: string): Result<Recipe> {
  try {
    const parsed = RecipeSchema.safeParse(JSON.parse(text))
    return parsed.success ? succeed(parsed.data) : fail(fault('recipe/invalid', `${file} is not a recipe this version can run:\n${z.prettifyError(parsed.error)}`))
  } catch (error) {
    return fail(fault('recipe/invalid', `${file} is not JSON: ${textOf(error)}`))
  }
}

async function readOr(file: string, code: FaultCode, fix: string): Promise<Result<Uint8Array>> {
  try {
    return succeed(await readFile(file))
  } catch (error) {
    return fail(fault(code, `${file} cannot be read: ${textOf(error)}. ${fix}`))
  }
}

async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const part = `${file}.part`
  try {
    await writeFile(part, content)
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

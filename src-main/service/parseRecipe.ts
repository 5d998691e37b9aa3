import { z } from 'zod'
import { Recipe as RecipeSchema } from '../../src-preload/contract/recipe.ts'
import { fault } from '../domain/fault.ts'
import type { Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'

/** A value from a file as a recipe of this version; recipe/invalid names the fields. */
export function parseRecipe(value: unknown): Result<Recipe> {
  const parsed = RecipeSchema.safeParse(value)
  return parsed.success ? succeed(parsed.data) : fail(fault('recipe/invalid', `this is not a recipe that this version can run:\n${z.prettifyError(parsed.error)}`))
}

import { readFile } from 'node:fs/promises'
import { fault } from '../domain/fault.ts'
import type { Sha256 } from '../domain/ids.ts'
import type { Recipe } from '../domain/recipe.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { EvidencePort } from '../ports/evidence.ts'
import { hashOf, pinnedFileOf, type CompleteRecipe, type PinnedBytes } from './recipeFile.ts'

/** The pinned frames beside a recipe file; none for a recipe without a seal. Faults: model/parityBroken, for one that is missing or altered. */
export async function readPinnedFiles(recipeFile: string, { seal }: Recipe): Promise<Result<PinnedBytes>> {
  const pinned = new Map<Sha256, Uint8Array>()
  for (const frame of seal?.frames ?? []) {
    const file = pinnedFileOf(recipeFile, frame)
    const bytes = await readFile(file).catch((error: unknown) => String(error))
    if (typeof bytes === 'string') return fail(fault('model/parityBroken', `${file} cannot be read: ${bytes}. The recipe's parity seal needs it: put it beside the recipe.`))
    if (hashOf(bytes) !== frame.image) return fail(fault('model/parityBroken', `${file} was altered. Copy it again from where the recipe was enrolled.`))
    pinned.set(frame.image, bytes)
  }
  return succeed(pinned)
}

/** The files of a recipe as a store gives them, where there is no data folder. */
export function shelfOf({ models }: Pick<CompleteRecipe, 'models'>, pinned: PinnedBytes): Pick<EvidencePort, 'fetch'> {
  return {
    async fetch(kind, sha256) {
      const bytes = (kind === 'model' ? models : pinned).get(sha256)
      return bytes ? succeed(bytes) : fail(fault('request/notFound', `there is no ${kind} ${sha256}`))
    },
  }
}

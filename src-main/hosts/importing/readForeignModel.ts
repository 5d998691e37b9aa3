import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { openForeign, type ForeignSession } from '../../adapters/model/foreignSession.ts'
import { fault } from '../../domain/fault.ts'
import type { Sha256 } from '../../domain/ids.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { describeModel, imageInputOf, type ForeignModel, type ImageInput } from '../../learning/importing/describeModel.ts'
import { hashOf } from '../recipeFile.ts'

/** A file that somebody brought along: hashed, read, opened. `session.release()` when it is done with. */
export interface OpenedModel {
  /** For messages. */
  readonly name: string
  readonly sha256: Sha256
  readonly model: ForeignModel
  readonly image: ImageInput
  readonly session: ForeignSession
}

/** Reads a model once and works from memory. Faults: model/missing, model/invalid; each names the file and what to do. */
export async function readForeignModel(path: string): Promise<Result<OpenedModel>> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    return fail(fault('model/missing', `${path} cannot be read (${error instanceof Error ? error.message : String(error)}). Give the path of an .onnx file.`))
  }
  const name = basename(path)
  const model = describeModel(bytes, name)
  if (!model.ok) return model
  const image = imageInputOf(model.value, name)
  if (!image.ok) return image
  const session = await openForeign(bytes, name)
  if (!session.ok) return session
  return succeed({ name, sha256: hashOf(bytes), model: model.value, image: image.value, session: session.value })
}

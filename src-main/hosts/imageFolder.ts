import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isImageName, mediaTypeOf } from '../adapters/camera/imageFile.ts'
import { fault } from '../domain/fault.ts'
import type { Capture } from '../domain/frame.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import { storedCapture } from '../service/storedCapture.ts'

/** The image files directly in a folder, by name. Faults: request/notFound when there is no such folder. */
export async function listImages(folder: string): Promise<Result<readonly string[]>> {
  try {
    const names = await readdir(folder)
    return succeed(names.filter(isImageName).sort().map((name) => join(folder, name)))
  } catch (error) {
    return fail(fault('request/notFound', `the folder ${folder} cannot be read: ${textOf(error)}`))
  }
}

/** A stored picture as a camera would have given it. Faults: request/notFound. */
export async function readCapture(file: string): Promise<Result<Capture>> {
  const mediaType = mediaTypeOf(file)
  if (!mediaType) return fail(fault('frame/unreadable', `${file} has no image's name`))
  try {
    return succeed(storedCapture({ bytes: await readFile(file), mediaType }))
  } catch (error) {
    return fail(fault('request/notFound', `${file} cannot be read: ${textOf(error)}`))
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isImageName, mediaTypeOf } from '../adapters/camera/imageFile.ts'
import { fault } from '../domain/fault.ts'
import type { Frame, OriginalImage } from '../domain/frame.ts'
import { fail, succeed, type Result } from '../domain/result.ts'
import type { PixelsPort } from '../ports/pixels.ts'
import { storedCapture } from '../station/storedCapture.ts'

/** The image files directly in a folder, by name. Faults: request/notFound when there is no such folder. */
export async function listImages(folder: string): Promise<Result<readonly string[]>> {
  try {
    const names = await readdir(folder)
    return succeed(names.filter(isImageName).sort().map((name) => join(folder, name)))
  } catch (error) {
    return fail(fault('request/notFound', `the folder ${folder} cannot be read: ${textOf(error)}`))
  }
}

/** A stored picture, decoded and measured. Faults: request/notFound and those of `PixelsPort.open`; the detail names the file. */
export async function openStored(file: string, pixels: Pick<PixelsPort, 'open'>, maxPixels: number): Promise<Result<Frame>> {
  const original = await readOriginal(file)
  const frame = original.ok ? await pixels.open(storedCapture(original.value), maxPixels) : original
  return frame.ok ? frame : fail({ ...frame.fault, detail: `${file}: ${frame.fault.detail}` })
}

/** The bytes as they lie in the file. Faults: frame/unreadable for a name that is not an image's, request/notFound. */
export async function readOriginal(file: string): Promise<Result<OriginalImage>> {
  const mediaType = mediaTypeOf(file)
  if (!mediaType) return fail(fault('frame/unreadable', 'its name is not that of an image'))
  try {
    return succeed({ bytes: await readFile(file), mediaType })
  } catch (error) {
    return fail(fault('request/notFound', `it cannot be read: ${textOf(error)}`))
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

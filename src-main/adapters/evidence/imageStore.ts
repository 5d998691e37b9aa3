import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { MediaType, OriginalImage } from '../../domain/frame.ts'
import { fault } from '../../domain/fault.ts'
import type { FrameRecord, Inspection } from '../../domain/inspection.ts'
import { fail, succeed, type Result } from '../../domain/result.ts'
import { writeDurably } from './durableFile.ts'
import { readNamed, sha256Of } from './namedFile.ts'

export type StoredImage = FrameRecord['image']

/** Of a picture's file, here and beside a recipe file. */
export const imageEndings: Readonly<Record<MediaType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/bmp': 'bmp',
  'image/tiff': 'tif',
  'image/x-portable-anymap': 'pnm',
}

/** Original bytes, one file a part, in a directory an hour: at 20 parts a second that is 72,000 names, which ext4 and a file browser can bear. */
export function imageStore(directory: string) {
  return {
    describe: ({ resultId, wallTime }: Inspection, { bytes, mediaType }: OriginalImage): StoredImage => ({
      sha256: sha256Of(bytes),
      bytes: bytes.byteLength,
      mediaType,
      file: placeOf(resultId, wallTime, mediaType),
    }),

    /** Durable when it returns; throws the operating system's error. */
    place(image: StoredImage, bytes: Uint8Array): void {
      writeDurably(join(directory, image.file), bytes)
    },

    /** Only for a file whose row was refused for want of room. */
    remove(image: StoredImage): void {
      rmSync(join(directory, image.file), { force: true })
    },

    read(image: StoredImage): Result<OriginalImage> {
      const found = readNamed(join(directory, image.file), image.sha256)
      if (!found) return fail(fault('evidence/integrity', `${image.file} is gone`))
      return found.ok ? succeed({ bytes: found.value, mediaType: image.mediaType }) : found
    },
  }
}

/** From the record's own id and hour, never from text that came from outside. */
function placeOf(resultId: string, wallTime: string, mediaType: MediaType): string {
  const hour = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):/.exec(wallTime)
  if (!hour || !/^[\w-]{1,64}$/.test(resultId)) throw new Error(`no file name can be made of ${resultId} at ${wallTime}`)
  return ['images', ...hour.slice(1), `${resultId}.${imageEndings[mediaType]}`].join('/')
}
